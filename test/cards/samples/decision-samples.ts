import type { Viewer } from '#cards/card-context';
import { leaverApprovalCard, leaverApprovalSummary, leaverApprovalView } from '#cards/leaver-approval';
import type { SampleCard } from './sample-card.js';
import { context, type SampleOptions, sampleCase } from './sample-case.js';
import { leaverChanges } from './sample-changes.js';
import { alex, dana, hannah, hostileNames, morgan, viewers } from './sample-firm.js';

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
  }),
];
