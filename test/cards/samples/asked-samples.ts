import type { Viewer } from '#cards/card-context';
import { caseProgressCard, caseProgressSummary, caseProgressView } from '#cards/case-progress';
import { leaverApprovalCard, leaverApprovalSummary, leaverApprovalView } from '#cards/leaver-approval';
import type { CaseState } from '#domain/case-state';
import type { Requirement } from '#domain/part';
import type { SampleCard } from './sample-card.js';
import { context, sampleCase } from './sample-case.js';
import { hannah, morgan, sam, viewers } from './sample-firm.js';

/** What can happen to a question while it waits, all at once. */
const happened: Partial<Requirement> = {
  round: 2,
  of: [
    { kind: 'person', userId: morgan.userId, as: 'manager' },
    { kind: 'person', userId: hannah.userId, as: 'escalation' },
    { kind: 'role', role: 'itLeadership', except: [] },
  ],
  passedOver: [
    {
      userId: morgan.userId,
      why: 'out-of-office',
      at: '2026-11-17T10:43:00.000Z',
      inPlace: { kind: 'person', userId: hannah.userId, as: 'escalation' },
    },
    {
      userId: sam.userId,
      why: 'disabled',
      at: '2026-11-17T10:43:00.000Z',
      inPlace: { kind: 'role', role: 'itLeadership', except: [] },
    },
  ],
  escalatedAt: '2026-11-18T17:00:00.000Z',
  afterOutage: true,
};

function afterAll(): CaseState {
  const state = sampleCase({ decisions: [{ decidedAt: '2026-08-20T10:20:00.000Z' }] });
  return {
    ...state,
    parts: state.parts.map((part) =>
      part.partId === 'hand-over'
        ? { ...part, requirements: part.requirements.map((requirement) => ({ ...requirement, ...happened })) }
        : part,
    ),
  };
}

const now = '2026-11-18T17:01:00.000Z';

function approvalSample(name: string, viewer: Viewer): SampleCard {
  const view = leaverApprovalView(afterAll(), context(now, viewer));
  return {
    card: 'leaver-approval',
    name,
    content: leaverApprovalCard(view),
    summary: leaverApprovalSummary(view),
    named: true,
  };
}

function progressSample(name: string, viewer: Viewer): SampleCard {
  const view = caseProgressView(afterAll(), context(now, viewer));
  return {
    card: 'case-progress',
    name,
    content: caseProgressCard(view),
    summary: caseProgressSummary(view),
    named: true,
  };
}

export const askedSamples: readonly SampleCard[] = [
  approvalSample('leaver-approval-asked-again', viewers.morgan),
  approvalSample('leaver-approval-in-place', { userId: hannah.userId, sees: 'manager' }),
  progressSample('case-progress-asked-again', viewers.dana),
];
