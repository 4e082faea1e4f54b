import type { Viewer } from '#cards/card-context';
import { caseCompletedCard, caseCompletedSummary, caseCompletedView } from '#cards/case-completed';
import { caseListCard, caseListSummary, caseListView } from '#cards/case-list';
import { caseProgressCard, caseProgressSummary, caseProgressView } from '#cards/case-progress';
import { exceptionCard, exceptionSummary, exceptionView } from '#cards/exception';
import { amendments, manyGroups, questions } from './decision-samples.js';
import type { SampleCard } from './sample-card.js';
import { context, type SampleOptions, sampleCase, sampleException } from './sample-case.js';
import { leaverChanges } from './sample-changes.js';
import { alex, dana, hostileNames, morgan, sam, viewers } from './sample-firm.js';

const before = '2026-11-18T09:00:00.000Z';
const during = '2026-11-20T17:00:05.000Z';
const after = '2026-11-20T17:40:00.000Z';

const progress = (name: string, options: SampleOptions, now = before): SampleCard => {
  const view = caseProgressView(sampleCase(options), context(now, viewers.dana));
  return {
    card: 'case-progress',
    name,
    content: caseProgressCard(view),
    summary: caseProgressSummary(view),
    named: true,
  };
};

const completed = (name: string, viewer: Viewer | undefined, options: SampleOptions = {}): SampleCard => {
  const view = caseCompletedView(sampleCase({ ...done, ...options }), context(after, viewer));
  return {
    card: 'case-completed',
    name,
    content: caseCompletedCard(view),
    summary: caseCompletedSummary(view),
    named: true,
  };
};

const exception = (name: string, options: SampleOptions): SampleCard => {
  const view = exceptionView(sampleCase({ ...stuck, ...options }), context(after));
  return { card: 'exception', name, content: exceptionCard(view), summary: exceptionSummary(view), named: false };
};

const list = (
  name: string,
  kind: 'cases' | 'approvals',
  count: number,
  viewer: Viewer,
  options: SampleOptions = {},
): SampleCard => {
  const states = Array.from({ length: count }, (_, index) =>
    sampleCase({ ...options, record: { ...options.record, caseId: `L-${104 + index}` } }),
  );
  const view = caseListView(kind, states, context(before, viewer));
  return { card: 'case-list', name, content: caseListCard(view), summary: caseListSummary(view), named: false };
};

const all = ['access', 'hand-over', 'closing'] as const;
const milestones = {
  accessClosedAt: '2026-11-20T17:00:09.000Z',
  handedOverAt: '2026-11-20T17:03:51.000Z',
  completedAt: '2026-11-20T17:05:10.000Z',
};
const done: SampleOptions = { status: () => 'confirmed', started: all, decisions: [{}], record: { milestones } };
const stuck: SampleOptions = {
  started: all,
  decisions: [{}],
  record: { milestones: { accessClosedAt: milestones.accessClosedAt } },
  status: ({ stepId }) =>
    stepId === 'mailbox.convert-to-shared'
      ? 'exception'
      : stepId === 'licenses.remove-licences'
        ? 'planned'
        : 'confirmed',
  exceptions: [sampleException('1')],
};
const running: SampleOptions = {
  started: all,
  decisions: [{}],
  status: (_, index) => (index < 14 ? 'confirmed' : index < 17 ? 'verifying' : 'planned'),
};

const afterAll = { ...milestones, completedAt: '2026-11-20T17:55:00.000Z' };
/** On day 9: the account is enabled by a synchronisation; a group was given back and taken away again. */
const back: SampleOptions = {
  status: ({ stepId }) => (stepId === 'users.disable-account' ? 'exception' : 'confirmed'),
  exceptions: [
    sampleException('1', {
      stepId: 'groups.leave-groups',
      changeKey: 'groups.leave-groups:sales',
      code: 'latchkey.drift',
      title: 'Alex Morgan: is in Sales UK',
      severity: 'high',
      openedAt: '2026-11-27T17:05:12.000Z',
      resolution: { as: 'confirmed', by: sam.userId, at: '2026-11-27T17:20:00.000Z', note: 'Not in Sales UK' },
    }),
    sampleException('2', {
      stepId: 'users.disable-account',
      changeKey: 'users.disable-account:alex',
      code: 'latchkey.drift',
      title: 'Alex Morgan: the account can be used again',
      saw: 'It was proved 20 Nov, 17:00; now the tenant shows: Sign-in is allowed. Done by Microsoft Entra Connect (directory sync), 29 Nov, 03:10.',
      advice:
        'Put it right in Active Directory first, or its next synchronisation brings it back. Retry undoes it and proves it. Waive accepts it until a day.',
      severity: 'high',
      openedAt: '2026-11-29T05:00:04.000Z',
      dueAt: '2026-11-29T09:00:04.000Z',
    }),
  ],
};
const putRight: SampleOptions = {
  exceptions: (back.exceptions ?? []).map((one) => ({
    ...one,
    resolution: one.resolution ?? { as: 'confirmed', by: sam.userId, at: '2026-11-29T08:40:00.000Z', note: '' },
  })),
};
const day9 = '2026-11-29T06:00:00.000Z';

const byHand: SampleOptions = {
  record: { milestones: afterAll },
  status: ({ stepId }) => (stepId === 'mailbox.convert-to-shared' ? 'done-by-hand' : 'confirmed'),
  exceptions: [
    sampleException('1', {
      resolution: {
        as: 'done-by-hand',
        by: sam.userId,
        at: '2026-11-20T17:50:00.000Z',
        note: 'Archived 3 GB, converted in the admin centre',
      },
    }),
    sampleException('2', {
      changeKey: 'users.disable-account:ad',
      title: 'Alex Morgan is kept in Active Directory',
      resolution: { as: 'done-by-hand', by: sam.userId, at: '2026-11-20T17:52:00.000Z', note: 'Disabled there' },
    }),
  ],
};
const hostileRecord = {
  person: { ...alex, displayName: hostileNames[4], jobTitle: hostileNames[7] },
  requesterName: hostileNames[6],
  delegate: { ...morgan, displayName: hostileNames[0] },
};
const hostileText = hostileNames.join(' ');
const hostileException = sampleException('9', {
  title: hostileText,
  saw: hostileText,
  advice: hostileText,
  technical: hostileText,
  code: hostileText,
});

export const caseSamples: readonly SampleCard[] = [
  progress('case-progress-planning', { record: { revision: 0 }, changes: [] }),
  progress('case-progress-scheduled', { decisions: [{}] }),
  progress('case-progress-questions', { questions, record: { amendments } }),
  progress('case-progress-waiting', { record: { immediate: true } }),
  progress('case-progress-running', running, during),
  progress('case-progress-needs-it', stuck, after),
  progress(
    'case-progress-late',
    { ...running, record: { openedLate: true }, decisions: [{ outcome: 'rejected', reason: 'Not me' }] },
    after,
  ),
  progress('case-progress-cancelled', {
    record: { cancelled: { by: dana.userId, at: before, reason: 'Alex stays with us' } },
  }),
  progress('case-progress-completed', done, after),
  progress('case-progress-came-back', { ...done, ...back }, day9),
  progress('case-progress-put-right', { ...done, ...putRight }, day9),
  progress(
    'case-progress-hostile',
    {
      ...stuck,
      record: hostileRecord,
      exceptions: Array.from({ length: 9 }, (_, i) => ({ ...hostileException, exceptionId: `${i}` })),
    },
    after,
  ),
  completed('case-completed-hr', viewers.dana),
  completed('case-completed-manager', viewers.morgan),
  completed('case-completed-leadership-by-hand', viewers.priya, byHand),
  completed('case-completed-nobody', undefined, byHand),
  completed('case-completed-came-back', viewers.dana, back),
  completed('case-completed-came-back-manager', viewers.morgan, back),
  completed('case-completed-put-right', viewers.dana, putRight),
  completed('case-completed-came-back-hostile', viewers.dana, {
    record: { ...hostileRecord, milestones },
    exceptions: Array.from({ length: 7 }, (_, i) => ({ ...hostileException, exceptionId: `${i}` })),
  }),
  completed('case-completed-late-rejected', viewers.dana, {
    decisions: [{ outcome: 'rejected', reason: 'Jordan Taylor takes the mailbox' }],
    record: {
      openedLate: true,
      effectiveAt: '2026-11-17T17:00:00.000Z',
      milestones: { accessClosedAt: milestones.accessClosedAt, completedAt: '2026-11-21T09:00:00.000Z' },
    },
  }),
  completed('case-completed-long', viewers.dana, { changes: leaverChanges('Morgan Lee', manyGroups) }),
  completed('case-completed-hostile', viewers.priya, {
    record: { ...hostileRecord, milestones: afterAll },
    changes: leaverChanges(hostileNames[0], [...hostileNames]),
    exceptions: [
      { ...hostileException, changeKey: 'x', resolution: { as: 'waived', by: 'clock', at: before, note: hostileText } },
    ],
  }),
  exception('exception-one', {}),
  exception('exception-came-back', { ...back, record: { milestones } }),
  exception('exception-pending', {
    exceptions: [sampleException('1', { retry: { by: sam.userId, at: '2026-11-20T17:39:00.000Z', taken: false } })],
  }),
  exception('exception-many', {
    exceptions: [
      ...Array.from({ length: 7 }, (_, i) =>
        sampleException(`${i + 1}`, {
          title: `Alex Morgan is still in group ${i + 1}`,
          changeKey: `g${i}`,
          stepId: 'groups.leave-groups',
          saw: 'Entra answered 403: Insufficient privileges to complete the operation.',
          advice: 'Grant Latchkey GroupMember.ReadWrite.All, then Retry.',
          severity: i === 4 ? 'high' : 'normal',
        }),
      ),
      sampleException('8', {
        resolution: { as: 'confirmed', by: 'clock', at: '2026-11-20T17:35:00.000Z', note: 'a later read showed it' },
      }),
    ],
  }),
  exception('exception-solved', {
    exceptions: [
      sampleException('1', {
        resolution: {
          as: 'done-by-hand',
          by: sam.userId,
          at: '2026-11-20T17:50:00.000Z',
          note: 'Archived 3 GB, converted by hand',
        },
      }),
    ],
  }),
  exception('exception-hostile', {
    record: hostileRecord,
    exceptions: Array.from({ length: 6 }, (_, i) => ({ ...hostileException, exceptionId: `${i}` })),
  }),
  list('case-list', 'cases', 3, viewers.dana, stuck),
  list('case-list-came-back', 'cases', 1, viewers.dana, { ...done, ...back }),
  list('case-list-empty', 'cases', 0, viewers.dana),
  list('case-list-long', 'cases', 22, viewers.dana, { record: { person: { ...alex, displayName: hostileNames[7] } } }),
  list('approvals', 'approvals', 2, viewers.morgan),
  list('approvals-empty', 'approvals', 0, viewers.morgan),
];
