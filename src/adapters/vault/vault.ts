import { randomBytes } from 'node:crypto';
import { openFields, type SealingKeys, sealFields, sealingKeys } from '#adapters/vault/seal';
import type { CaseId, TenantId } from '#domain/ids';
import type { Store } from '#engine/ports/store';
import type { Vault } from '#engine/ports/vault';

export interface VaultOptions {
  readonly store: Pick<Store, 'get' | 'commit'>;
  /** 32 bytes that are not in the database: see `loadOrCreateKey`. */
  readonly kek: Buffer;
  /** Where new salts come from; a simulation gives its own, so that a seed replays. */
  readonly randomBytes?: (count: number) => Buffer;
}

const saltBytes = 32;

/**
 * Seals personal fields under a key per case and person, made of the key-encryption key and a salt in the store. Erasing deletes the
 * salt: neither the database nor its owner can make that key again, while commitments and chain stay as they are. Backups taken
 * before still hold the salt; erasure is complete when they have expired. Nothing is cached: an erasure holds for every instance at once.
 */
export function openVault({ store, kek, randomBytes: random = randomBytes }: VaultOptions): Vault {
  if (kek.length !== 32) throw new RangeError('the key-encryption key must have 32 bytes');

  async function existingKeys(tenantId: TenantId, caseId: CaseId, personId: string): Promise<SealingKeys | undefined> {
    const found = await store.get(tenantId, 'sealingSalt', `${caseId}/${personId}`);
    return found && sealingKeys(kek, Buffer.from(found.body.salt, 'base64'), tenantId, caseId, personId);
  }

  async function keysFor(tenantId: TenantId, caseId: CaseId, personId: string): Promise<SealingKeys> {
    for (;;) {
      const keys = await existingKeys(tenantId, caseId, personId);
      if (keys) return keys;
      const body = { salt: random(saltBytes).toString('base64') };
      const key = `${caseId}/${personId}`;
      // Refused when somebody else made one meanwhile: then theirs is read.
      await store.commit({
        tenantId,
        state: [{ collection: 'sealingSalt', key, caseId, expect: 0, body }],
        evidence: [],
        outbox: [],
      });
    }
  }

  return {
    async seal(tenantId, caseId, personId, fields) {
      return sealFields(await keysFor(tenantId, caseId, personId), fields);
    },
    async open(tenantId, caseId, personId, sealed) {
      const keys = await existingKeys(tenantId, caseId, personId);
      return keys && openFields(keys, sealed);
    },
    async erase(tenantId, caseId, personId) {
      const key = `${caseId}/${personId}`;
      await store.commit({
        tenantId,
        state: [{ collection: 'sealingSalt', key, caseId, body: null }],
        evidence: [],
        outbox: [],
      });
    },
  };
}
