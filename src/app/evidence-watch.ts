import type { Metrics } from '#app/metrics';
import { houseChain } from '#domain/evidence';
import { checkpointsOf } from '#domain/evidence-checkpoint';
import { msBetween } from '#domain/instant';
import { makeCheckpoint } from '#engine/checkpoint';
import type { Engine } from '#engine/engine';
import type { CheckpointSigner, CheckpointVerifier } from '#engine/ports/checkpoint-signer';
import { type EvidenceReport, verifyEvidence } from '#engine/verify-evidence';

export interface EvidenceWatch {
  /** Throws with a sentence when the last check found a chain that is not whole, or none was made yet. */
  assertWhole(): void;
  /** Checks and signs at the start and daily, until the signal aborts. */
  keep(signal: AbortSignal): Promise<void>;
}

const day = 86_400_000;
const lookMs = 600_000;

/**
 * Reads all evidence at the start and once a day, and signs where the chains stand: at the start (a closure just before a crash
 * may lack its own checkpoint) and at the latest a day after it was last done. Each closure signs too.
 */
export function createEvidenceWatch(
  engine: Engine,
  signer: CheckpointSigner & CheckpointVerifier,
  metrics: Metrics,
): EvidenceWatch {
  const { store, tenantId } = engine;
  let last: EvidenceReport | undefined;

  async function verify(): Promise<void> {
    last = await verifyEvidence({ store, tenantId, verifier: signer });
    metrics.evidence(last.ok);
    for (const { sentence } of last.problems) engine.report('the evidence is not whole', new Error(sentence));
  }

  async function look(atStart: boolean): Promise<void> {
    const now = engine.clock.tenantNow();
    const madeAt = atStart ? undefined : await lastMadeAt(engine);
    if (madeAt !== undefined && msBetween(madeAt, now) < day) return;
    await verify();
    await makeCheckpoint({ store, signer, tenantId, now, reason: atStart ? 'start' : 'daily' });
  }

  return {
    assertWhole() {
      if (!last) throw new Error('the evidence has not been checked yet');
      const [problem] = last.problems;
      if (problem) throw new Error(problem.sentence);
    },
    async keep(signal) {
      for (let atStart = true; !signal.aborted; atStart = last === undefined) {
        await look(atStart).catch((error: unknown) => engine.report('checking and signing the evidence', error));
        await engine.clock.wait(lookMs, signal);
      }
    },
  };
}

async function lastMadeAt({ store, tenantId }: Engine): Promise<string | undefined> {
  const house = await store.chain(tenantId, houseChain);
  const checkpoint = checkpointsOf(house).at(-1);
  const row = checkpoint && house.find(({ seq }) => seq === checkpoint.seq);
  return row ? (JSON.parse(row.line) as { readonly at: string }).at : undefined;
}
