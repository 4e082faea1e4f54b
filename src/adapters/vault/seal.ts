import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '#domain/canonical';
import type { CaseId, TenantId } from '#domain/ids';
import type { Json } from '#domain/json';
import type { Sealed } from '#engine/ports/vault';

export interface SealingKeys {
  /** Tells the key of a box from one made after an erasure. */
  readonly id: Buffer;
  readonly box: Buffer;
  readonly commitment: Buffer;
  readonly nonce: Buffer;
  readonly context: Buffer;
}

const idBytes = 8;
const nonceBytes = 12;
const tagBytes = 16;
const keyBytes = 32;

/** HKDF-SHA-256 from the key-encryption key and the person's salt: without the salt none of these can be made again. */
export function sealingKeys(
  kek: Buffer,
  salt: Buffer,
  tenantId: TenantId,
  caseId: CaseId,
  personId: string,
): SealingKeys {
  const context = Buffer.from(canonicalJson(['latchkey-vault', 1, tenantId, caseId, personId]));
  const all = Buffer.from(hkdfSync('sha256', kek, salt, context, 3 * keyBytes + idBytes));
  const key = (n: number) => all.subarray(n * keyBytes, (n + 1) * keyBytes);
  return { box: key(0), commitment: key(1), nonce: key(2), id: all.subarray(3 * keyBytes), context };
}

/**
 * AES-256-GCM over the canonical fields. The nonce is a keyed hash of the fields: different fields get different nonces, and the same
 * fields give the same box, so that a replayed run writes the same bytes. Box: key id, nonce, tag, ciphertext.
 */
export function sealFields(keys: SealingKeys, fields: Json): Sealed {
  const plain = Buffer.from(canonicalJson(fields));
  const nonce = hmac(keys.nonce, plain).subarray(0, nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keys.box, nonce).setAAD(keys.context);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return {
    commitment: hmac(keys.commitment, plain).toString('hex'),
    box: Buffer.concat([keys.id, nonce, cipher.getAuthTag(), sealed]).toString('base64'),
  };
}

/** `undefined` when the box was sealed with another key, which is gone. Throws when box or commitment was altered. */
export function openFields(keys: SealingKeys, { box, commitment }: Sealed): Json | undefined {
  const bytes = Buffer.from(box, 'base64');
  if (!bytes.subarray(0, idBytes).equals(keys.id)) return undefined;
  const nonceEnd = idBytes + nonceBytes;
  const tag = bytes.subarray(nonceEnd, nonceEnd + tagBytes);
  if (tag.length !== tagBytes) throw new Error('a sealed box is too short');
  const decipher = createDecipheriv('aes-256-gcm', keys.box, bytes.subarray(idBytes, nonceEnd), {
    authTagLength: tagBytes,
  })
    .setAAD(keys.context)
    .setAuthTag(tag);
  let plain: Buffer;
  try {
    plain = Buffer.concat([decipher.update(bytes.subarray(nonceEnd + tagBytes)), decipher.final()]);
  } catch (cause) {
    throw new Error('a sealed box was altered', { cause });
  }
  const stated = Buffer.from(commitment, 'hex');
  const actual = hmac(keys.commitment, plain);
  if (stated.length !== actual.length || !timingSafeEqual(stated, actual)) {
    throw new Error('a sealed box does not belong to the commitment in its evidence row');
  }
  return JSON.parse(plain.toString('utf8'));
}

function hmac(key: Buffer, data: Buffer): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
