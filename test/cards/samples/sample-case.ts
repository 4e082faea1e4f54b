import type { CardContext, Viewer } from '#cards/card-context';
import type { CaseRecord } from '#domain/case';
import type { CaseState } from '#domain/case-state';
import type { ChangeRecord, ChangeStatus, Risk } from '#domain/change';
import type { CaseException } from '#domain/exception';
import type { Decision, Part } from '#domain/part';
import { partHash } from '#domain/plan-hash';
import { requirementsFor } from '#engine/requirements';
import type { PartId } from '#engine/workflow';
import { leaver } from '#workflows/leaver';
import { describeSample, leaverChanges, type SampleChange } from './sample-changes.js';
import { alex, calendar, dana, morgan, nameOf, policy, tenantId } from './sample-firm.js';

export const askedAt = '2026-11-17T10:42:00.000Z';
const lastMinute = '2026-11-20T17:00:00.000Z';

export function context(now: string, viewer?: Viewer): CardContext {
  return {
    calendar,
    keepable: leaver.keepable ?? [],
    policy,
    describe: describeSample,
    now,
    nameOf,
    dependents: (stepId) => (stepId === 'mailbox.convert-to-shared' ? ['licenses.remove-licences'] : []),
    evidenceHead: `b41e0c77${'0'.repeat(52)}9d52`,
    ...(viewer ? { viewer } : {}),
  };
}

const record: CaseRecord = {
  tenantId,
  caseId: 'L-104',
  kind: 'leaver',
  subject: { subjectId: 's-1', userId: alex.userId },
  person: alex,
  requestedBy: { kind: 'person', userId: dana.userId },
  requesterName: dana.displayName,
  requesterIsHr: true,
  manager: morgan,
  openedAt: askedAt,
  effectiveAt: lastMinute,
  zone: 'Europe/London',
  immediate: false,
  openedLate: false,
  intents: {},
  delegate: morgan,
  autoReply: 'Alex Morgan has left Northwind Traders.',
  shown: [],
  subjectRoles: [],
  revision: 1,
  milestones: {},
  exceptionCount: 0,
};

const titles: Readonly<Record<PartId, string>> = {
  access: 'Access closes',
  'hand-over': 'Hand-over',
  closing: 'Mail is kept, licences are returned',
};

const risks: Readonly<Record<PartId, Risk>> = { access: 'destructive', 'hand-over': 'elevated', closing: 'routine' };

function partOf(caseRecord: CaseRecord, partId: PartId, changes: readonly ChangeRecord[], startedAt?: string): Part {
  const mine = changes.filter((change) => change.partId === partId);
  return {
    tenantId,
    caseId: caseRecord.caseId,
    revision: 1,
    partId,
    purpose: 'do',
    title: titles[partId],
    risk: risks[partId],
    partHash: partHash(mine, caseRecord.effectiveAt),
    changeKeys: mine.map(({ change }) => change.key),
    requirements: requirementsFor(partId, caseRecord, policy, caseRecord.openedAt),
    startsAt: caseRecord.effectiveAt,
    ...(startedAt ? { startedAt } : {}),
  };
}

export interface SampleOptions {
  readonly record?: Partial<CaseRecord>;
  readonly changes?: readonly SampleChange[];
  /** Status of each change by its place in the list; `planned` otherwise. */
  readonly status?: (sample: SampleChange, index: number) => ChangeStatus;
  readonly started?: readonly PartId[];
  readonly decisions?: readonly Partial<Decision>[];
  readonly exceptions?: readonly CaseException[];
  readonly endedAt?: string;
  readonly questions?: CaseState['questions'];
}

/** A state as the store would give it. HR's confirmation counts for everything but the hand-over. */
export function sampleCase(options: SampleOptions = {}): CaseState {
  const caseRecord: CaseRecord = { ...record, ...options.record };
  const samples = options.changes ?? leaverChanges(caseRecord.delegate?.displayName ?? 'nobody');
  const changes = samples.map((sample, index) =>
    changeOf(caseRecord, sample, options.status?.(sample, index) ?? 'planned', options),
  );
  const parts = (['access', 'hand-over', 'closing'] as const).map((id) =>
    partOf(caseRecord, id, changes, options.started?.includes(id) ? caseRecord.effectiveAt : undefined),
  );
  const confirmations = parts
    .filter((part) => part.partId !== 'hand-over' && caseRecord.requesterIsHr)
    .map((part) => decide(caseRecord, part, { requirementId: 'hr-confirms', decidedBy: dana.userId }));
  const others = (options.decisions ?? []).flatMap((decision) =>
    parts
      .filter((part) => part.partId === (decision.partId ?? 'hand-over'))
      .map((part) => decide(caseRecord, part, decision)),
  );
  return {
    record: caseRecord,
    version: 1,
    parts,
    changes,
    decisions: [...confirmations, ...others],
    questions: options.questions ?? [],
    exceptions: options.exceptions ?? [],
  };
}

function changeOf(
  caseRecord: CaseRecord,
  sample: SampleChange,
  status: ChangeStatus,
  options: SampleOptions,
): ChangeRecord {
  const { stepId, part, change } = sample;
  const base = {
    tenantId,
    caseId: caseRecord.caseId,
    revision: 1,
    partId: part,
    stepId,
    stepVersion: 1,
    intent: null,
    change,
    status,
    attempt: 0,
  };
  const ended = ['confirmed', 'not-needed', 'done-by-hand', 'waived'].includes(status);
  return {
    ...base,
    ...(ended ? { endedAt: options.endedAt ?? '2026-11-20T17:00:09.000Z' } : {}),
    ...(status === 'not-needed'
      ? { observation: { text: `${change.target.displayName} was already so`, data: null } }
      : {}),
  };
}

function decide(caseRecord: CaseRecord, part: Part, decision: Partial<Decision>): Decision {
  return {
    tenantId,
    caseId: caseRecord.caseId,
    partHash: part.partHash,
    requirementId: 'manager-decides',
    round: 1,
    decidedBy: morgan.userId,
    outcome: 'approved',
    right: 'is the manager',
    decidedAt: '2026-11-17T11:20:00.000Z',
    ...decision,
    partId: part.partId,
  };
}

export function sampleException(exceptionId: string, given: Partial<CaseException> = {}): CaseException {
  return {
    tenantId,
    caseId: 'L-104',
    exceptionId,
    changeKey: 'mailbox.convert-to-shared:mailbox-convert-to-shared-alex-morgan',
    stepId: 'mailbox.convert-to-shared',
    code: 'exchange.not-visible',
    title: "Alex Morgan's mailbox is not proved shared",
    saw: 'Exchange took the change at 17:01, but 6 reads until 17:31 still say UserMailbox. The licence was not removed: that would delete the mailbox.',
    advice:
      'Look for a litigation hold or a size over 50 GB (now 51.3 GB). Archive or keep an Exchange licence, then Retry.',
    owner: { kind: 'role', role: 'it' },
    severity: 'normal',
    openedAt: '2026-11-20T17:31:00.000Z',
    dueAt: '2026-11-20T19:00:00.000Z',
    technical: 'HTTP 200 · request 5c1e0c77-a9 · attempt 2',
    ...given,
  };
}
