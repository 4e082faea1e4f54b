import type { Amendment } from '#domain/amendment';
import type { CaseRecord } from '#domain/case';
import type { CaseState } from '#domain/case-state';
import type { CaseId, StepId, UserId } from '#domain/ids';
import { type Instant, isAtOrAfter } from '#domain/instant';
import type { Json } from '#domain/json';
import type { Role } from '#domain/part';
import type { PersonView } from '#domain/subject';
import { type AmendRefusal, amendRefusal } from '#engine/amend-refusal';
import { askedCards } from '#engine/asked-people';
import { rolesOf } from '#engine/directory';
import type { Engine } from '#engine/engine';
import { evidenceEntry, theSubject } from '#engine/evidence-entry';
import { loadCase } from '#engine/load-case';

export type Wish =
  /** `immediate`: now, which may want a second person. */
  | { readonly kind: 'date'; readonly at: Instant; readonly immediate: boolean }
  | {
      readonly kind: 'hand-over';
      /** None: it stays; null: nobody. */
      readonly delegate?: PersonView | null;
      /** None: it stays. */
      readonly autoReply?: string;
      /** What is asked of the steps then. */
      readonly intents: (asked: {
        readonly delegate?: PersonView;
        readonly autoReply: string;
      }) => Readonly<Record<StepId, Json>>;
    }
  | { readonly kind: 'manager'; readonly manager: PersonView };

export interface AmendRequest {
  readonly caseId: CaseId;
  readonly userId: UserId;
  readonly wish: Wish;
}

export type Amended =
  | { readonly kind: 'amended'; readonly state: CaseState }
  /** It is as it was wished already. */
  | { readonly kind: 'already'; readonly state: CaseState }
  | { readonly kind: 'refused'; readonly refusal: AmendRefusal; readonly state: CaseState }
  | { readonly kind: 'unknown' };

/**
 * Changes a case that has not begun: its date, who gets what, who decides on that. What it changes is planned again by the worker;
 * approvals of what stays the same stay. HR's change is at once HR's confirmation of it.
 */
export async function amendCase(engine: Engine, request: AmendRequest): Promise<Amended> {
  for (;;) {
    const state = await loadCase(engine.store, engine.tenantId, request.caseId);
    if (!state) return { kind: 'unknown' };
    const roles = await rolesOf(engine.graph, engine.policy, request.userId);
    const refusal = await amendRefusal(engine, state, { userId: request.userId, roles }, request.wish.kind);
    if (refusal?.kind === 'unknown') return { kind: 'unknown' };
    if (refusal) return { kind: 'refused', refusal, state };
    if (isForThemselves(request, roles)) return { kind: 'refused', refusal: { kind: 'own-benefit' }, state };
    const { record, amendments } = applied(engine, state.record, request, roles);
    if (amendments.length === 0) return { kind: 'already', state };
    if (await commitAmended(engine, state, record, amendments, rightWords(engine, roles)))
      return { kind: 'amended', state: { ...state, record } };
  }
}

/** Whoever decides on the hand-over could grant themselves a mailbox alone; HR may propose it, and they decide. */
function isForThemselves({ wish, userId }: AmendRequest, roles: readonly Role[]): boolean {
  return wish.kind === 'hand-over' && wish.delegate?.userId === userId && !roles.includes('hr');
}

function rightWords(engine: Engine, roles: readonly Role[]): string {
  const { hr } = engine.policy.people;
  return roles.includes('hr') ? `member of ${hr.name} (${hr.id})` : 'decides on the hand-over';
}

interface Applied {
  readonly record: CaseRecord;
  readonly amendments: readonly Amendment[];
}

function applied(engine: Engine, record: CaseRecord, request: AmendRequest, roles: readonly Role[]): Applied {
  const { wish, userId: by } = request;
  const at = engine.clock.tenantNow();
  const isHr = roles.includes('hr');
  const changed = changedBy(record, wish, by, at);
  const amendments = [...(record.amendments ?? []), ...changed.amendments];
  const confirmed = isHr && wish.kind === 'date' ? { confirmedBy: { userId: by, at } } : {};
  const asked = isHr && wish.kind === 'hand-over' ? { handOverAskedBy: by } : {};
  return { record: { ...changed.record, ...confirmed, ...asked, amendments }, amendments: changed.amendments };
}

function changedBy(record: CaseRecord, wish: Wish, by: UserId, at: Instant): Applied {
  switch (wish.kind) {
    case 'date': {
      const same = wish.at === record.effectiveAt && wish.immediate === record.immediate;
      const next = {
        ...record,
        effectiveAt: wish.at,
        immediate: wish.immediate,
        openedLate: !wish.immediate && isAtOrAfter(at, wish.at),
      };
      return same
        ? { record, amendments: [] }
        : { record: next, amendments: [{ what: 'date', by, at, from: record.effectiveAt, to: wish.at }] };
    }
    case 'hand-over':
      return handOver(record, wish, by, at);
    case 'manager': {
      const from = record.manager?.displayName ?? 'nobody';
      if (record.manager?.userId === wish.manager.userId) return { record, amendments: [] };
      return {
        record: { ...record, manager: wish.manager },
        amendments: [{ what: 'manager', by, at, from, to: wish.manager.displayName }],
      };
    }
  }
}

function handOver(record: CaseRecord, wish: Wish & { kind: 'hand-over' }, by: UserId, at: Instant): Applied {
  const { delegate: before, ...rest } = record;
  const delegate = wish.delegate === undefined ? before : (wish.delegate ?? undefined);
  const autoReply = wish.autoReply ?? record.autoReply ?? '';
  const amendments: Amendment[] = [];
  if (delegate?.userId !== before?.userId)
    amendments.push({
      what: 'delegate',
      by,
      at,
      from: before?.displayName ?? 'nobody',
      to: delegate?.displayName ?? 'nobody',
    });
  if (autoReply !== (record.autoReply ?? '')) amendments.push({ what: 'auto-reply', by, at });
  const asked = { ...(delegate ? { delegate } : {}), autoReply };
  return { record: { ...rest, ...asked, intents: { ...record.intents, ...wish.intents(asked) } }, amendments };
}

async function commitAmended(
  engine: Engine,
  state: CaseState,
  record: CaseRecord,
  amendments: readonly Amendment[],
  right: string,
): Promise<boolean> {
  const { caseId } = record;
  const [first] = amendments;
  const dated = amendments.some(({ what }) => what === 'date');
  const result = await engine.store.commit({
    tenantId: engine.tenantId,
    state: [{ collection: 'case', key: caseId, caseId, expect: state.version, body: record }],
    evidence: [
      await evidenceEntry(engine, {
        caseId,
        type: 'case.amended',
        actor: { kind: 'person', userId: first?.by ?? '' },
        data: {
          what: amendments.map(({ what }) => what),
          right,
          ...(dated
            ? { from: state.record.effectiveAt, effectiveAt: record.effectiveAt, immediate: record.immediate }
            : {}),
        },
        personal: {
          of: theSubject,
          fields: {
            manager: record.manager?.userId ?? null,
            delegate: record.delegate?.userId ?? null,
            autoReply: record.autoReply ?? null,
          },
        },
      }),
    ],
    outbox: await askedCards(engine, state),
    wake: [{ caseId, dueAt: engine.clock.tenantNow(), mode: 'sooner' }],
  });
  return result.ok;
}
