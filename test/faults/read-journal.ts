import { openCheckpointSigner } from '#adapters/signing/checkpoint-signer';
import { openSqliteStore } from '#adapters/store/sqlite-store';
import type { CaseState } from '#domain/case-state';
import { loadCase } from '#engine/load-case';
import { verifyEvidence } from '#engine/verify-evidence';
import { databaseOf, signingKeyOf } from './compose-worker.js';

/** What the database holds at the end. */
export interface Journal {
  readonly cases: readonly CaseState[];
  /** The types of all rows of the cases' chains, in order. */
  readonly evidence: readonly string[];
  readonly evidenceProblems: readonly string[];
  readonly checkpoints: number;
}

export async function readJournal(folder: string, tenantId: string): Promise<Journal> {
  const store = await openSqliteStore({ path: databaseOf(folder), readOnly: true });
  try {
    const records = await store.list(tenantId, 'case');
    const states = await Promise.all(records.map(({ body }) => loadCase(store, tenantId, body.caseId)));
    const rows = await Promise.all(records.map(({ body }) => store.chain(tenantId, body.caseId)));
    const verifier = await openCheckpointSigner({ keyFile: signingKeyOf(folder) });
    const report = await verifyEvidence({ store, tenantId, verifier });
    return {
      cases: states.filter((state) => state !== undefined),
      evidence: rows.flat().map(({ line }) => (JSON.parse(line) as { readonly type: string }).type),
      evidenceProblems: report.problems.map(({ sentence }) => sentence),
      checkpoints: report.checkpoints,
    };
  } finally {
    await store.close();
  }
}
