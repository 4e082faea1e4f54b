import { wantsNewPlan } from '#domain/amendment';
import type { CaseState } from '#domain/case-state';
import type { CaseId, UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Decision, Part, Requirement, Role } from '#domain/part';
import { decisionsFor, isRejected, openRequirements } from '#domain/part-status';
import { withAnotherPairOfEyes } from '#domain/two-people';
import { askedCards } from '#engine/asked-people';
import { decisionEntries } from '#engine/decision-evidence';
import { rightOf } from '#engine/decision-right';
import { deviationCards } from '#engine/deviation-cards';
import { mayNotSign } from '#engine/deviation-signers';
import type { Engine } from '#engine/engine';
import { decisionWrite, touchCase } from '#engine/keys';
import { loadCase } from '#engine/load-case';
import { isSubject, maySee } from '#engine/may-see';
import type { OutboxMessage } from '#engine/ports/store';

export interface DecideRequest {
  readonly caseId: CaseId;
  readonly userId: UserId;
  readonly outcome: 'approved' | 'rejected';
  /** Wanted for a rejection. */
  readonly reason?: string;
  /** What the person was shown: the hashes of the parts on their card, joined by commas. */
  readonly shownHash: string;
}

export type Decided =
  | { readonly kind: 'decided'; readonly state: CaseState; readonly decisions: readonly Decision[] }
  /** Somebody, perhaps the same person a moment ago, has decided already. */
  | { readonly kind: 'already'; readonly state: CaseState }
  /** The plan is not the one that was shown. */
  | { readonly kind: 'stale'; readonly state: CaseState }
  | { readonly kind: 'reason-wanted'; readonly state: CaseState }
  /** May see the case and has nothing to decide in it. */
  | { readonly kind: 'not-yours'; readonly state: CaseState }
  /** In the group that decides, and too new there for what is elevated; `from`: when that ends. */
  | { readonly kind: 'newcomer'; readonly state: CaseState; readonly role: Role; readonly from: Instant }
  /** No such case, or none that this person may know of: the two are answered alike. */
  | { readonly kind: 'unknown' };

export interface Deciding {
  readonly part: Part;
  readonly requirement: Requirement;
  /** Why this person may: stands in the evidence. */
  readonly right: string;
}

/** Stands for what a person is asked to decide in one click: the hashes of all parts that wait for them. */
export function decisionHash(parts: readonly Part[]): string {
  return [...new Set(parts.map((part) => part.partHash))].sort().join(',');
}

/** What of what waits was on the card. None of it, or something that does not wait any more: the card is old. */
function shownOf(deciding: readonly Deciding[], shownHash: string): readonly Deciding[] {
  const shown = new Set(shownHash.split(','));
  const found = deciding.filter(({ part }) => shown.has(part.partHash));
  return new Set(found.map(({ part }) => part.partHash)).size === shown.size ? found : [];
}

/** What waits for this person in a case, their right to it read from the directory at this moment. */
export async function decidableBy(engine: Engine, state: CaseState, userId: UserId): Promise<readonly Deciding[]> {
  const { record } = state;
  // Nobody decides on a plan that is about to be made again.
  if (isSubject(record, userId) || record.cancelled || wantsNewPlan(record)) return [];
  const deciding: Deciding[] = [];
  for (const part of state.parts) {
    if (isRejected(part, state.decisions) || mayNotSign(engine, state, part, userId)) continue;
    for (const requirement of openRequirements(part, state.decisions)) {
      // One of several who have to agree, and has.
      if (decisionsFor(part, requirement, state.decisions).some(({ decidedBy }) => decidedBy === userId)) continue;
      const found = await rightOf(engine, state, part, requirement, userId);
      if (found?.kind === 'may') deciding.push({ part, requirement, right: found.right });
    }
  }
  return withAnotherPairOfEyes(deciding, state.decisions, userId);
}

/**
 * Records one person's decision. It counts for exactly what they were shown: another hash is answered with the true card and
 * changes nothing, as do a second click, a click by somebody else and a click on a case one may not know of.
 */
export async function decidePart(engine: Engine, request: DecideRequest): Promise<Decided> {
  for (;;) {
    const state = await loadCase(engine.store, engine.tenantId, request.caseId);
    if (!state || isSubject(state.record, request.userId)) return { kind: 'unknown' };
    const waiting = await decidableBy(engine, state, request.userId);
    if (waiting.length === 0) return nothingToDecide(engine, state, request.userId);
    const deciding = shownOf(waiting, request.shownHash);
    if (deciding.length === 0) return { kind: 'stale', state };
    const reason = request.reason?.trim();
    if (request.outcome === 'rejected' && !reason) return { kind: 'reason-wanted', state };
    const decisions = deciding.map((d) => newDecision(engine, request, d, reason));
    const result = await engine.store.commit({
      tenantId: engine.tenantId,
      state: [touchCase(state), ...decisions.map(decisionWrite)],
      evidence: await decisionEntries(engine, decisions),
      outbox: [...(await askedCards(engine, state)), ...(await cardsOfDeviations(engine, deciding))],
      wake: [{ caseId: request.caseId, dueAt: engine.clock.tenantNow(), mode: 'sooner' }],
    });
    if (result.ok)
      return { kind: 'decided', state: { ...state, decisions: [...state.decisions, ...decisions] }, decisions };
  }
}

/** A deviation has a card of its own, which shows how it stands now. */
async function cardsOfDeviations(engine: Engine, deciding: readonly Deciding[]): Promise<readonly OutboxMessage[]> {
  const cards = await Promise.all(deciding.map(({ part }) => deviationCards(engine, part)));
  return cards.flat();
}

async function nothingToDecide(engine: Engine, state: CaseState, userId: UserId): Promise<Decided> {
  if (state.decisions.some((d) => d.decidedBy === userId) || (await wasAsked(engine, state, userId)))
    return { kind: 'already', state };
  const newcomer = await newcomerIn(engine, state, userId);
  if (newcomer) return { kind: 'newcomer', state, ...newcomer };
  return (await maySee(engine, state, userId)) ? { kind: 'not-yours', state } : { kind: 'unknown' };
}

/** Whether it was theirs to decide, by name or by role, before somebody did. */
async function wasAsked(engine: Engine, state: CaseState, userId: UserId): Promise<boolean> {
  for (const part of state.parts)
    for (const requirement of part.requirements)
      if ((await rightOf(engine, state, part, requirement, userId))?.kind === 'may') return true;
  return false;
}

/** What waits and would be theirs, had they not joined the group that decides only now. */
async function newcomerIn(engine: Engine, state: CaseState, userId: UserId) {
  if (state.record.cancelled) return undefined;
  for (const part of state.parts.filter((p) => !isRejected(p, state.decisions)))
    for (const requirement of openRequirements(part, state.decisions)) {
      const right = await rightOf(engine, state, part, requirement, userId);
      if (right?.kind === 'newcomer') return { role: right.role, from: right.from };
    }
  return undefined;
}

function newDecision(engine: Engine, request: DecideRequest, deciding: Deciding, reason: string | undefined): Decision {
  const { part, requirement, right } = deciding;
  return {
    tenantId: engine.tenantId,
    caseId: request.caseId,
    partId: part.partId,
    partHash: part.partHash,
    requirementId: requirement.requirementId,
    round: requirement.round,
    decidedBy: request.userId,
    outcome: request.outcome,
    ...(reason ? { reason } : {}),
    right,
    decidedAt: engine.clock.tenantNow(),
  };
}
