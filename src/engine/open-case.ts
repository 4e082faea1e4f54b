import type { CaseRecord } from '#domain/case';
import type { Draft } from '#domain/draft';
import { type CaseId, caseIdOf, type StepId } from '#domain/ids';
import { type Instant, isAtOrAfter } from '#domain/instant';
import type { Json } from '#domain/json';
import type { Role } from '#domain/part';
import type { PersonView } from '#domain/subject';
import type { Engine } from '#engine/engine';
import { evidenceEntry, theSubject } from '#engine/evidence-entry';
import { caseMessage } from '#engine/keys';
import type { Write } from '#engine/ports/store';

export interface LeaverRequest {
  readonly draft: Draft;
  readonly effectiveAt: Instant;
  readonly delegate?: PersonView;
  readonly autoReply: string;
  readonly intents: Readonly<Record<StepId, Json>>;
  readonly subjectRoles: readonly Role[];
  /** The message the form stood in: from now on the requester follows the case there. Not given: a message of its own is sent. */
  readonly shownIn?: { readonly serviceUrl: string; readonly conversationId: string; readonly activityId: string };
}

export type Opened =
  | { readonly kind: 'opened'; readonly caseId: CaseId }
  | { readonly kind: 'exists'; readonly caseId: CaseId };

const openCaseKey = (draft: Draft) => `${draft.kind}/${draft.person.userId}`;

/**
 * Opens a case on a submitted form: the requester's confirmation is on the record before anything is read or planned. A second
 * submit, and a second request for the same person, end at the case that is already open.
 */
export async function openCase(engine: Engine, request: LeaverRequest): Promise<Opened> {
  const { store, tenantId } = engine;
  const { draft } = request;
  for (;;) {
    const open = await store.get(tenantId, 'openCase', openCaseKey(draft));
    if (open) return { kind: 'exists', caseId: open.body.caseId };
    const counter = await store.get(tenantId, 'counter', `case/${draft.kind}`);
    const number = (counter?.body.value ?? 100) + 1;
    const record = newCase(engine, request, caseIdOf(draft.kind, number));
    const result = await store.commit({
      tenantId,
      state: [
        { collection: 'counter', key: `case/${draft.kind}`, expect: counter?.version ?? 0, body: { value: number } },
        { collection: 'openCase', key: openCaseKey(draft), expect: 0, body: { caseId: record.caseId } },
        { collection: 'case', key: record.caseId, caseId: record.caseId, expect: 0, body: record },
        { collection: 'draft', key: draft.draftId, body: { ...draft, caseId: record.caseId } },
        ...shownWrite(engine, request, record.caseId),
      ],
      evidence: [await openedEntry(engine, record)],
      outbox: [caseMessage(record.caseId, `person/${draft.requestedBy}`, 'case')],
      wake: [{ caseId: record.caseId, dueAt: engine.clock.tenantNow(), mode: 'sooner' }],
    });
    if (result.ok) return { kind: 'opened', caseId: record.caseId };
  }
}

/** No hash is known of what stands there: the first edit always happens, at the policy's distance from the answer to the click. */
function shownWrite(engine: Engine, { draft, shownIn }: LeaverRequest, caseId: CaseId): readonly Write[] {
  if (!shownIn) return [];
  const audience = `person/${draft.requestedBy}`;
  const sentAt = new Date(engine.clock.machineNow()).toISOString();
  const body = { caseId, audience, slot: 'case', ...shownIn, cardHash: '', sentAt };
  return [{ collection: 'sentCard', key: `${caseId}/${audience}/case`, caseId, body }];
}

function newCase(engine: Engine, request: LeaverRequest, caseId: CaseId): CaseRecord {
  const { draft } = request;
  const now = engine.clock.tenantNow();
  return {
    tenantId: engine.tenantId,
    caseId,
    kind: draft.kind,
    subject: { subjectId: engine.random.uuid(), userId: draft.person.userId },
    person: draft.person,
    requestedBy: { kind: 'person', userId: draft.requestedBy },
    requesterName: draft.requesterName,
    requesterIsHr: draft.requesterIsHr,
    ...(draft.manager ? { manager: draft.manager } : {}),
    openedAt: now,
    effectiveAt: request.effectiveAt,
    zone: draft.zone,
    immediate: draft.immediate,
    openedLate: !draft.immediate && isAtOrAfter(now, request.effectiveAt),
    intents: request.intents,
    ...(request.delegate ? { delegate: request.delegate } : {}),
    autoReply: request.autoReply,
    ...(engine.policy.leaver.later.length > 0 ? { laterSteps: engine.policy.leaver.later } : {}),
    shown: draft.planned.flatMap(({ stepId, item }) =>
      item.kind === 'change' ? [{ stepId, change: item.change }] : [],
    ),
    subjectRoles: request.subjectRoles,
    revision: 0,
    milestones: {},
    exceptionCount: 0,
  };
}

async function openedEntry(engine: Engine, record: CaseRecord) {
  return evidenceEntry(engine, {
    caseId: record.caseId,
    type: 'case.opened',
    actor: record.requestedBy,
    data: {
      kind: record.kind,
      subject: record.subject.subjectId,
      effectiveAt: record.effectiveAt,
      zone: record.zone,
      immediate: record.immediate,
      openedLate: record.openedLate,
      requesterIsHr: record.requesterIsHr,
      shownChanges: record.shown.length,
    },
    personal: {
      of: theSubject,
      fields: {
        userId: record.person.userId,
        displayName: record.person.displayName,
        userPrincipalName: record.person.userPrincipalName,
        manager: record.manager?.userId ?? null,
        delegate: record.delegate?.userId ?? null,
        autoReply: record.autoReply ?? null,
        shown: record.shown.map(({ stepId, change }) => ({
          stepId,
          key: change.key,
          target: change.target.displayName,
        })),
      },
    },
  });
}
