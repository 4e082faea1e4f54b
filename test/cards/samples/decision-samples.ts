import type { Viewer } from '#cards/card-context';
import { leaverApprovalCard, leaverApprovalSummary, leaverApprovalView } from '#cards/leaver-approval';
import type { Amendment } from '#domain/amendment';
import type { CaseState } from '#domain/case-state';
import type { SampleCard } from './sample-card.js';
import { context, type SampleOptions, sampleCase } from './sample-case.js';
import { leaverChanges } from './sample-changes.js';
import { alex, dana, hannah, hostileNames, morgan, tenantId, viewers } from './sample-firm.js';

const approval = (
  name: string,
  viewer: Viewer | undefined,
  options: SampleOptions = {},
  now = '2026-11-17T10:43:00.000Z',
): SampleCard => {
  const view = leaverApprovalView(sampleCase(options), context(now, viewer));
  return {
    card: 'leaver-approval',
    name,
    content: leaverApprovalCard(view),
    summary: leaverApprovalSummary(view),
    named: true,
  };
};

const second = { partId: 'access', requirementId: 'second-hr', decidedBy: hannah.userId } as const;

export const manyGroups = Array.from(
  { length: 60 },
  (_, index) => `Project ${index + 1} – contributors and readers of the shared workspace`,
);

const question = {
  tenantId,
  caseId: 'L-104',
  questionId: '1',
  askedBy: morgan.userId,
  askedAt: '2026-11-17T12:05:00.000Z',
  text: 'Does Priya know that the Q4 deals go to her?',
};
export const questions: CaseState['questions'] = [
  {
    ...question,
    answer: { by: dana.userId, at: '2026-11-17T12:40:00.000Z', text: 'Yes, agreed on Monday; until the end of March.' },
  },
  { ...question, questionId: '2', askedAt: '2026-11-17T13:00:00.000Z', text: 'Who tells the customers?' },
];

export const amendments: readonly Amendment[] = [
  { what: 'delegate', by: dana.userId, at: '2026-11-17T11:00:00.000Z', from: 'nobody', to: 'Morgan Lee' },
  {
    what: 'date',
    by: dana.userId,
    at: '2026-11-17T14:00:00.000Z',
    from: '2026-11-19T17:00:00.000Z',
    to: '2026-11-20T17:00:00.000Z',
  },
];

export const decisionSamples: readonly SampleCard[] = [
  approval('leaver-approval-manager', viewers.morgan),
  approval('leaver-approval-approved', viewers.morgan, { decisions: [{}] }),
  approval('leaver-approval-rejected', viewers.morgan, {
    decisions: [{ outcome: 'rejected', reason: 'Jordan Taylor takes the mailbox, not me' }],
  }),
  approval(
    'leaver-approval-silence',
    viewers.morgan,
    { decisions: [{ decidedBy: 'clock', decidedAt: '2026-11-20T17:00:00.000Z' }] },
    '2026-11-20T17:00:02.000Z',
  ),
  approval('leaver-approval-second-hr', viewers.hannah, { record: { immediate: true } }),
  approval('leaver-approval-second-hr-done', viewers.hannah, {
    record: { immediate: true },
    decisions: [second, { ...second, partId: 'closing' }],
  }),
  approval('leaver-approval-asked-by-manager', viewers.hannah, {
    record: {
      requesterIsHr: false,
      requestedBy: { kind: 'person', userId: morgan.userId },
      requesterName: morgan.displayName,
    },
  }),
  approval('leaver-approval-waits-for-hr', viewers.morgan, { record: { immediate: true } }),
  approval('leaver-approval-cancelled', viewers.morgan, {
    record: { cancelled: { by: dana.userId, at: '2026-11-18T09:00:00.000Z', reason: 'Alex stays with us' } },
  }),
  approval('leaver-approval-questions', viewers.morgan, { questions }),
  approval('leaver-approval-amended', viewers.morgan, {
    record: { amendments },
    decisions: [{ requirementId: 'of-the-old-plan', decidedAt: '2026-11-17T11:20:00.000Z' }],
  }),
  approval('leaver-approval-nobody', undefined),
  approval('leaver-approval-long', viewers.morgan, { changes: leaverChanges('Morgan Lee', manyGroups) }),
  approval('leaver-approval-hostile', viewers.morgan, {
    record: {
      person: { ...alex, displayName: hostileNames[0], jobTitle: hostileNames[5] },
      requesterName: hostileNames[2],
      delegate: { ...morgan, displayName: hostileNames[3] },
    },
    changes: leaverChanges(hostileNames[3], [...hostileNames]),
    decisions: [{ outcome: 'rejected', reason: hostileNames.join(' ') }],
    questions: hostileNames.map((text, index) => ({ ...question, questionId: String(index + 1), text })),
  }),
];
