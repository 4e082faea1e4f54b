import { houseChain } from '#domain/evidence';
import {
  type CheckpointData,
  checkpointsOf,
  checkpointType,
  lastHeadsText,
  movedSince,
} from '#domain/evidence-checkpoint';
import { headsHash, headsText } from '#domain/evidence-heads';
import type { TenantId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { CheckpointSigner } from '#engine/ports/checkpoint-signer';
import type { Store } from '#engine/ports/store';

export interface MadeCheckpoint {
  /** `heads.txt`: where every chain stood. */
  readonly text: string;
  /** SHA-256 of the text: what is printed on cards, so that an outside witness has it. */
  readonly hash: string;
  /** Chains in it. */
  readonly count: number;
  readonly signature: string;
}

const counterKey = 'checkpoint';

/**
 * Signs where all chains of the tenant stand and puts that in the house chain. Chains that grow meanwhile are the next checkpoint's.
 * Two instances that make one at once make two, one after the other. Throws when signing or the database fails; nothing stands then.
 */
export async function makeCheckpoint(given: {
  readonly store: Pick<Store, 'get' | 'heads' | 'chain' | 'commit'>;
  readonly signer: CheckpointSigner;
  readonly tenantId: TenantId;
  readonly now: Instant;
  /** `case L-104 completed`, `daily`: nothing personal. */
  readonly reason: string;
}): Promise<MadeCheckpoint> {
  const { store, signer, tenantId, now, reason } = given;
  for (;;) {
    // Read first: whoever is quicker moves it, and this one starts again on top of theirs.
    const made = await store.get(tenantId, 'counter', counterKey);
    const before = checkpointsOf(await store.chain(tenantId, houseChain));
    const heads = await store.heads(tenantId);
    const text = headsText(heads);
    const hash = headsHash(text);
    const signature = await signer.sign(text);
    const data: CheckpointData = {
      reason,
      heads: hash,
      count: heads.length,
      moved: movedSince(lastHeadsText(before), heads),
      previous: before.at(-1)?.data.heads ?? null,
      signature,
    };
    const result = await store.commit({
      tenantId,
      state: [
        {
          collection: 'counter',
          key: counterKey,
          expect: made?.version ?? 0,
          body: { value: (made?.body.value ?? 0) + 1 },
        },
      ],
      evidence: [{ chain: houseChain, type: checkpointType, at: now, actor: { kind: 'clock' }, data: { ...data } }],
      outbox: [],
    });
    if (result.ok) return { text, hash, count: heads.length, signature };
  }
}
