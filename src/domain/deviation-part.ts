import { canonicalJson, sha256Hex } from '#domain/canonical';
import type { CaseState } from '#domain/case-state';
import type { ChangeRecord, Risk } from '#domain/change';
import type { Deviation } from '#domain/deviation';
import type { Instant } from '#domain/instant';
import type { Decision, Part, Requirement } from '#domain/part';
import { decisionsFor, isApproved, isRejected } from '#domain/part-status';

/** A part that holds no changes: people sign a wish, by its hash like any other part. */
export type DeviationPart = Part & { readonly purpose: 'deviation'; readonly deviation: Deviation };

/**
 * `waiting`: for signatures. `signed`: by all, not in force yet. `in-force`: until its end. `ended`: its end was carried out.
 * `moot`: there was nothing left to wish for. `rejected`: by somebody, or by silence.
 */
export type DeviationStatus = 'waiting' | 'signed' | 'in-force' | 'ended' | 'moot' | 'rejected';

export function isDeviation(part: Part): part is DeviationPart {
  return part.purpose === 'deviation' && part.deviation !== undefined;
}

/** The parts that make up the plan: what its hash stands for and what its cards list. */
export function planParts(parts: readonly Part[]): readonly Part[] {
  return parts.filter((part) => part.purpose !== 'deviation');
}

export function deviationsOf(state: Pick<CaseState, 'parts'>): readonly DeviationPart[] {
  return state.parts.filter(isDeviation);
}

/** What a signature is bound to. When it was asked is in it: the same wish, asked again, is a new decision. */
function deviationHash(deviation: Deviation): string {
  const { kind, exceptionId, stepIds, until, reason, askedBy, askedAt } = deviation;
  const signed = { kind, exceptionId: exceptionId ?? null, stepIds: stepIds ?? [], until, reason, askedBy, askedAt };
  return sha256Hex(canonicalJson(signed));
}

export function deviationPart(
  { record, parts }: Pick<CaseState, 'record' | 'parts'>,
  deviation: Deviation,
  asked: { readonly requirements: readonly Requirement[]; readonly risk: Risk },
): DeviationPart {
  const numbers = parts.filter(isDeviation).map(({ partId }) => Number(partId.slice('deviation-'.length)));
  return {
    tenantId: record.tenantId,
    caseId: record.caseId,
    revision: record.revision,
    partId: `deviation-${Math.max(0, ...numbers) + 1}`,
    purpose: 'deviation',
    deviation,
    title: deviation.title,
    risk: asked.risk,
    partHash: deviationHash(deviation),
    changeKeys: [],
    requirements: asked.requirements,
    startsAt: deviation.askedAt,
  };
}

export function deviationStatus(part: DeviationPart, decisions: readonly Decision[]): DeviationStatus {
  const { grantedAt, endedAt } = part.deviation;
  if (endedAt !== undefined) return grantedAt === undefined ? 'moot' : 'ended';
  if (grantedAt !== undefined) return 'in-force';
  if (isRejected(part, decisions)) return 'rejected';
  return isApproved(part, decisions) ? 'signed' : 'waiting';
}

/** Who signed, in order, with each requirement's first approval. */
export function signaturesOf(part: Part, decisions: readonly Decision[]): readonly Decision[] {
  return part.requirements
    .flatMap((requirement) => decisionsFor(part, requirement, decisions))
    .filter((decision) => decision.outcome === 'approved')
    .sort((a, b) => a.decidedAt.localeCompare(b.decidedAt));
}

/** Until when a change that was not begun is left alone, as signed; `undefined`: it is not kept. Holds for what is found later too. */
export function keptUntil(state: Pick<CaseState, 'parts'>, change: Pick<ChangeRecord, 'stepId'>): Instant | undefined {
  return deviationsOf(state)
    .map(({ deviation }) => deviation)
    .filter(({ kind, grantedAt, endedAt }) => kind === 'keep' && grantedAt !== undefined && endedAt === undefined)
    .filter(({ stepIds }) => stepIds?.includes(change.stepId))
    .map(({ until }) => until)
    .sort()
    .at(-1);
}

/** Nothing was sent of it yet. */
export function isUnbegun(change: Pick<ChangeRecord, 'status' | 'attempt'>): boolean {
  return change.status === 'planned' && change.attempt === 0;
}
