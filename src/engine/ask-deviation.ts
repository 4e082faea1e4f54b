import { type CaseState, openExceptions } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import type { Deviation } from '#domain/deviation';
import { type DeviationPart, deviationPart, deviationStatus, deviationsOf, isUnbegun } from '#domain/deviation-part';
import type { CaseException } from '#domain/exception';
import type { CaseId, UserId } from '#domain/ids';
import { type Instant, isAtOrAfter } from '#domain/instant';
import type { Role } from '#domain/part';
import { isRejected } from '#domain/part-status';
import { movedCards } from '#engine/change-journal';
import { deviationCards } from '#engine/deviation-cards';
import { riskOf, signaturesWanted, weightOf } from '#engine/deviation-signers';
import { rolesOf } from '#engine/directory';
import type { Engine } from '#engine/engine';
import { evidenceEntry, theSubject } from '#engine/evidence-entry';
import { exceptionCards } from '#engine/exception-cards';
import { mayWork, seesAsWorker } from '#engine/exception-owner';
import { partWrite, touchCase } from '#engine/keys';
import { loadCase } from '#engine/load-case';
import { isSubject, type Sees } from '#engine/may-see';
import { workflowOf } from '#engine/plan-parts';
import type { Keepable } from '#engine/workflow';

export type Wish =
  | { readonly kind: 'waive'; readonly exceptionId?: string }
  /** `word`: one of the workflow's `keepable`. */
  | { readonly kind: 'keep'; readonly word: string }
  | { readonly kind: 'hold' };

export interface DeviationRequest {
  readonly caseId: CaseId;
  readonly userId: UserId;
  readonly wish: Wish;
  readonly until: Instant;
  readonly reason: string;
}

/** Why a wish is not even put before anybody. */
export type NotAsked =
  | { readonly why: 'no-reason' | 'past' | 'nothing-open' | 'a-decision' | 'being-worked' | 'over' | 'not-planned' }
  | { readonly why: 'too-long'; readonly days: number }
  | { readonly why: 'which'; readonly open: readonly CaseException[] }
  | { readonly why: 'not-keepable'; readonly words: readonly Keepable[] }
  | { readonly why: 'nothing-there' | 'begun'; readonly keepable: Keepable };

export type AskedFor =
  | { readonly kind: 'asked' | 'already'; readonly state: CaseState; readonly part: DeviationPart }
  | { readonly kind: 'refused'; readonly state: CaseState; readonly because: NotAsked }
  | { readonly kind: 'not-yours'; readonly state: CaseState }
  | { readonly kind: 'unknown' };

const dayMs = 86_400_000;

/**
 * Puts a wish before those who sign it. Nothing changes by asking: what was planned goes on until all have signed, and a wish that
 * nobody signs in time lapses.
 */
export async function askDeviation(engine: Engine, request: DeviationRequest): Promise<AskedFor> {
  for (;;) {
    const answer = await askOnce(engine, request);
    if (answer) return answer;
  }
}

/** `undefined`: somebody wrote meanwhile; look again. */
async function askOnce(engine: Engine, request: DeviationRequest): Promise<AskedFor | undefined> {
  const state = await loadCase(engine.store, engine.tenantId, request.caseId);
  if (!state || isSubject(state.record, request.userId)) return { kind: 'unknown' };
  const roles = await rolesOf(engine.graph, engine.policy, request.userId);
  const sees = seesAsWorker(engine, state, request.userId, roles);
  if (!sees) return { kind: 'unknown' };
  const wished = wishedFor(engine, state, request);
  if (!mayAsk(engine, wished, request, sees, roles)) return { kind: 'not-yours', state };
  if ('why' in wished) return { kind: 'refused', state, because: wished };
  const because = badlyAsked(engine, request);
  if (because) return { kind: 'refused', state, because };
  const waiting = alreadyAsked(state, wished.deviation);
  if (waiting) return { kind: 'already', state, part: waiting };
  const weight = weightOf(engine, state, wished.deviation);
  const requirements = signaturesWanted(engine, state, wished.deviation, weight);
  const part = deviationPart(state, wished.deviation, { requirements, risk: riskOf(weight) });
  const asked = await commitWish(engine, state, part);
  return asked ? { kind: 'asked', state: { ...state, parts: [...state.parts, part] }, part } : undefined;
}

interface Wished {
  readonly deviation: Deviation;
  readonly exception?: CaseException;
}

/** An exception is for those who work it; what closes otherwise than planned is for HR, the manager, IT and its leadership. */
function mayAsk(
  engine: Engine,
  wished: Wished | NotAsked,
  { userId, wish }: DeviationRequest,
  sees: Sees,
  roles: readonly Role[],
): boolean {
  if (wish.kind !== 'waive') return sees !== 'auditor';
  if ('exception' in wished && wished.exception) return mayWork(engine, wished.exception, userId, roles) || isIt(roles);
  return isIt(roles);
}

function isIt(roles: readonly Role[]): boolean {
  return roles.includes('it') || roles.includes('itLeadership');
}

function badlyAsked(engine: Engine, { until, reason }: DeviationRequest): NotAsked | undefined {
  const now = engine.clock.tenantNow();
  const days = engine.policy.exceptions.longestWaiverDays;
  if (reason.trim() === '') return { why: 'no-reason' };
  if (isAtOrAfter(now, until)) return { why: 'past' };
  return Date.parse(until) - Date.parse(now) > days * dayMs ? { why: 'too-long', days } : undefined;
}

function wishedFor(engine: Engine, state: CaseState, request: DeviationRequest): Wished | NotAsked {
  const { wish, userId, until, reason } = request;
  const common = { reason: reason.trim(), askedBy: userId, askedAt: engine.clock.tenantNow(), until };
  if (wish.kind === 'waive') return waiver(state, wish.exceptionId, common);
  const { record } = state;
  if (record.cancelled || record.milestones.completedAt) return { why: 'over' };
  if (record.revision === 0) return { why: 'not-planned' };
  if (wish.kind === 'hold') return { deviation: { ...common, kind: 'hold', title: 'The case is put on hold' } };
  const keepables = workflowOf(engine, record).keepable ?? [];
  const keepable = keepables.find(({ word }) => word === wish.word.toLowerCase());
  if (!keepable) return { why: 'not-keepable', words: keepables };
  const { stepIds, title } = keepable;
  const changes = wantedOf(state).filter((change) => stepIds.includes(change.stepId));
  if (changes.length === 0) return { why: 'nothing-there', keepable };
  if (!changes.some(isUnbegun)) return { why: 'begun', keepable };
  return { deviation: { ...common, kind: 'keep', title, stepIds } };
}

/** What is to happen: not what was so already, nor what was rejected. */
function wantedOf(state: CaseState): readonly ChangeRecord[] {
  const rejected = state.parts.filter((part) => isRejected(part, state.decisions)).map(({ partId }) => partId);
  return state.changes.filter((change) => change.status !== 'not-needed' && !rejected.includes(change.partId));
}

function waiver(
  state: CaseState,
  exceptionId: string | undefined,
  common: Pick<Deviation, 'reason' | 'askedBy' | 'askedAt' | 'until'>,
): Wished | NotAsked {
  if (state.record.cancelled) return { why: 'over' };
  const open = openExceptions(state);
  const wanted = exceptionId === undefined ? open : open.filter((e) => e.exceptionId === exceptionId);
  const [exception] = wanted;
  if (!exception) return { why: 'nothing-open' };
  if (wanted.length > 1) return { why: 'which', open };
  if (exception.changeKey?.startsWith('decision:')) return { why: 'a-decision' };
  if (exception.byHand || exception.retry?.taken === false) return { why: 'being-worked' };
  const deviation = { ...common, kind: 'waive', title: exception.title, exceptionId: exception.exceptionId } as const;
  return { deviation, exception };
}

/** One wish at a time about one thing. */
function alreadyAsked(state: CaseState, { kind, exceptionId, stepIds }: Deviation): DeviationPart | undefined {
  return deviationsOf(state).find((part) => {
    const same =
      part.deviation.kind === kind &&
      part.deviation.exceptionId === exceptionId &&
      part.deviation.stepIds?.join() === stepIds?.join();
    return same && ['waiting', 'signed'].includes(deviationStatus(part, state.decisions));
  });
}

async function commitWish(engine: Engine, state: CaseState, part: DeviationPart): Promise<boolean> {
  const { deviation } = part;
  const result = await engine.store.commit({
    tenantId: engine.tenantId,
    state: [touchCase(state), partWrite(part)],
    evidence: [
      await evidenceEntry(engine, {
        caseId: part.caseId,
        type: 'deviation.asked',
        actor: { kind: 'person', userId: deviation.askedBy },
        data: {
          part: part.partId,
          partHash: part.partHash,
          kind: deviation.kind,
          exception: deviation.exceptionId ?? null,
          steps: deviation.stepIds ?? [],
          until: deviation.until,
          signers: part.requirements.flatMap((r) => r.of).map((d) => (d.kind === 'role' ? d.role : d.userId)),
          dueAt: part.requirements[0]?.dueAt ?? null,
        },
        personal: { of: theSubject, fields: { title: deviation.title, reason: deviation.reason } },
      }),
    ],
    outbox: [
      ...(await deviationCards(engine, part)),
      ...movedCards(state),
      ...(deviation.exceptionId ? exceptionCards(engine, part.caseId, state.exceptions) : []),
    ],
    wake: [{ caseId: part.caseId, dueAt: engine.clock.tenantNow(), mode: 'sooner' }],
  });
  return result.ok;
}
