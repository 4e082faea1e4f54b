import { checkChain, houseChain } from '#domain/evidence';
import { type Checkpoint, checkpointsOf, firstCheckpointFault } from '#domain/evidence-checkpoint';
import { type Head, parseHeads } from '#domain/evidence-heads';
import type { TenantId } from '#domain/ids';
import type { CheckpointVerifier } from '#engine/ports/checkpoint-signer';
import type { EvidenceRow, Store } from '#engine/ports/store';

export interface EvidenceProblem {
  readonly chain: string;
  /** The first bad row. */
  readonly seq: number;
  /** Names chain and row, and says what it means. */
  readonly sentence: string;
}

export interface EvidenceReport {
  readonly ok: boolean;
  readonly chains: number;
  readonly rows: number;
  readonly checkpoints: number;
  /** The first of each chain; by chain, house first. */
  readonly problems: readonly EvidenceProblem[];
}

export interface VerifyEvidence {
  readonly store: Pick<Store, 'heads' | 'chain'>;
  readonly tenantId: TenantId;
  /** Without it signatures are not checked, and whoever can write the database can write its checkpoints too. */
  readonly verifier?: CheckpointVerifier;
  /**
   * A heads.txt that was kept outside (a pack, a card). A database restored as a whole from a backup agrees with itself: only
   * something that was not restored with it can tell.
   */
  readonly witness?: string;
}

/** A head that a chain must still have, and who says so. */
interface Claim extends Head {
  readonly by: string;
}

/** Checks every chain by itself, then against every checkpoint and the witness. Throws when the database cannot be read. */
export async function verifyEvidence(given: VerifyEvidence): Promise<EvidenceReport> {
  const { store, tenantId, verifier, witness } = given;
  // House first: chains only grow, so that whatever a checkpoint names must be found in a chain that is read after it.
  const house = await store.chain(tenantId, houseChain);
  const { checkpoints, problem } = readCheckpoints(house, verifier);
  const claims = claimsOf(checkpoints, witness);
  const chains = new Set([...(await store.heads(tenantId)).map(({ chain }) => chain), ...claims.keys()]);
  chains.delete(houseChain);
  const problems: EvidenceProblem[] = [];
  const note = (found: EvidenceProblem | undefined) => found && problems.push(found);
  note(chainProblem(tenantId, houseChain, house, claims.get(houseChain)) ?? problem);
  let count = house.length;
  for (const chain of [...chains].sort()) {
    const rows = await store.chain(tenantId, chain);
    count += rows.length;
    note(chainProblem(tenantId, chain, rows, claims.get(chain)));
  }
  return {
    ok: problems.length === 0,
    chains: chains.size + (house.length > 0 ? 1 : 0),
    rows: count,
    checkpoints: checkpoints.length,
    problems,
  };
}

function readCheckpoints(
  house: readonly EvidenceRow[],
  verifier: CheckpointVerifier | undefined,
): { readonly checkpoints: readonly Checkpoint[]; readonly problem?: EvidenceProblem } {
  let checkpoints: readonly Checkpoint[];
  try {
    checkpoints = checkpointsOf(house);
  } catch (error) {
    // Said by the sentence; the row's chain is checked all the same.
    const sentence = `The checkpoints cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
    return { checkpoints: [], problem: { chain: houseChain, seq: 0, sentence } };
  }
  const fault = firstCheckpointFault(checkpoints, (text, signature) => verifier?.verify(text, signature) ?? true);
  if (fault === undefined) return { checkpoints };
  const sentence = `The checkpoint in house row ${fault.seq} is not ours: ${fault.reason}.`;
  return { checkpoints, problem: { chain: houseChain, seq: fault.seq, sentence } };
}

function claimsOf(checkpoints: readonly Checkpoint[], witness: string | undefined): Map<string, readonly Claim[]> {
  const all: Claim[] = checkpoints.flatMap(({ seq, moved }) =>
    moved.map((head) => ({ ...head, by: `the checkpoint in house row ${seq}` })),
  );
  if (witness !== undefined)
    all.push(...parseHeads(witness).map((head) => ({ ...head, by: 'the heads kept outside' })));
  const byChain = new Map<string, Claim[]>();
  for (const claim of all) {
    const others = byChain.get(claim.chain);
    if (others) others.push(claim);
    else byChain.set(claim.chain, [claim]);
  }
  return byChain;
}

function chainProblem(
  tenantId: TenantId,
  chain: string,
  rows: readonly EvidenceRow[],
  claims: readonly Claim[] = [],
): EvidenceProblem | undefined {
  const check = checkChain(rows, { tenant: tenantId, case: chain });
  if (!check.ok) return { chain, seq: check.seq, sentence: `${chain}: ${check.reason}.` };
  const broken = claims.filter(({ seq, hash }) => rows[seq - 1]?.hash !== hash).sort((a, b) => a.seq - b.seq)[0];
  if (broken === undefined) return undefined;
  const { seq, by } = broken;
  return seq > rows.length
    ? {
        chain,
        seq: rows.length + 1,
        sentence: `${chain}: row ${rows.length + 1} is missing, though ${by} saw row ${seq}: the end was cut off, or an older backup restored.`,
      }
    : { chain, seq, sentence: `${chain}: row ${seq} is not the one that ${by} saw: the history was written anew.` };
}
