import type { CaseRecord } from '#domain/case';
import { type CaseState, openExceptions } from '#domain/case-state';
import type { CaseException } from '#domain/exception';
import type { CaseId, UserId } from '#domain/ids';
import { type AmendRefusal, amendRefusal } from '#engine/amend-refusal';
import { askedCards, askMessages, audiencesOf } from '#engine/asked-people';
import { rolesOf } from '#engine/directory';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';
import { exceptionCards } from '#engine/exception-cards';
import { exceptionWrite, openCaseKey } from '#engine/keys';
import { loadCase } from '#engine/load-case';
import type { OutboxMessage } from '#engine/ports/store';

export interface CancelRequest {
  readonly caseId: CaseId;
  readonly userId: UserId;
  /** What everybody who was asked reads on their card. */
  readonly reason: string;
}

export type Cancelled =
  | { readonly kind: 'cancelled'; readonly state: CaseState }
  | { readonly kind: 'reason-wanted' }
  | { readonly kind: 'refused'; readonly refusal: AmendRefusal; readonly state: CaseState }
  | { readonly kind: 'unknown' };

/** Ends a case of which nothing has begun. Nobody is asked any more, nothing is left open, and every card of it says so. */
export async function cancelCase(engine: Engine, request: CancelRequest): Promise<Cancelled> {
  const reason = request.reason.trim();
  for (;;) {
    const state = await loadCase(engine.store, engine.tenantId, request.caseId);
    if (!state) return { kind: 'unknown' };
    const roles = await rolesOf(engine.graph, engine.policy, request.userId);
    const refusal = await amendRefusal(engine, state, { userId: request.userId, roles }, 'cancel');
    if (refusal?.kind === 'unknown') return { kind: 'unknown' };
    if (refusal) return { kind: 'refused', refusal, state };
    if (reason === '') return { kind: 'reason-wanted' };
    const cancelled = { by: request.userId, at: engine.clock.tenantNow(), reason };
    const record: CaseRecord = { ...state.record, cancelled };
    if (await commitCancelled(engine, state, record)) return { kind: 'cancelled', state: { ...state, record } };
  }
}

async function commitCancelled(engine: Engine, state: CaseState, record: CaseRecord): Promise<boolean> {
  const { caseId, cancelled } = record;
  if (!cancelled) return false;
  const actor = { kind: 'person', userId: cancelled.by } as const;
  const ended: readonly CaseException[] = openExceptions(state).map((exception) => ({
    ...exception,
    resolution: { as: 'waived', by: cancelled.by, at: cancelled.at, note: 'The case was cancelled' },
  }));
  const { hr } = engine.policy.people;
  const result = await engine.store.commit({
    tenantId: engine.tenantId,
    state: [
      { collection: 'case', key: caseId, caseId, expect: state.version, body: record },
      { collection: 'openCase', key: openCaseKey(record), body: null },
      ...ended.map((exception) => exceptionWrite(exception, false)),
    ],
    evidence: [
      await evidenceEntry(engine, {
        caseId,
        type: 'case.cancelled',
        actor,
        data: { right: `member of ${hr.name} (${hr.id})`, exceptions: ended.map(({ exceptionId }) => exceptionId) },
        personal: { of: cancelled.by, fields: { reason: cancelled.reason } },
      }),
      ...(await Promise.all(
        ended.map(({ exceptionId }) =>
          evidenceEntry(engine, {
            caseId,
            type: 'exception.resolved',
            actor,
            data: { exception: exceptionId, as: 'waived', cancelled: true },
          }),
        ),
      )),
    ],
    outbox: [
      ...(await askedCards(engine, state)),
      ...(await deviationCards(engine, state)),
      ...(ended.length > 0 ? exceptionCards(engine, caseId, ended) : []),
    ],
    wake: [{ caseId, dueAt: engine.clock.tenantNow(), mode: 'sooner' }],
  });
  return result.ok;
}

/** What somebody wished otherwise has a card of its own. */
async function deviationCards(engine: Engine, state: CaseState): Promise<readonly OutboxMessage[]> {
  const wishes = state.parts.filter(({ purpose }) => purpose === 'deviation');
  const cards = await Promise.all(
    wishes.map(async (part) => {
      const audiences = await Promise.all(part.requirements.map((requirement) => audiencesOf(engine, requirement)));
      return askMessages(part, [...new Set(audiences.flat())]);
    }),
  );
  return cards.flat();
}
