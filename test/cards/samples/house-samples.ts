import { type MorningList, morningListCard, morningListSummary, morningListView } from '#cards/morning-list';
import { outageCard, outageSummary, outageView } from '#cards/outage';
import type { StepId } from '#domain/ids';
import type { MissedNow } from '#engine/house/outage';
import { standingOf } from '#engine/house/standing-of';
import { findStep, stepsOfCase } from '#engine/workflow';
import { leaver } from '#workflows/leaver';
import type { SampleCard } from './sample-card.js';
import { context, type SampleOptions, sampleCase } from './sample-case.js';
import { alex, hostileNames } from './sample-firm.js';

const from = '2026-11-20T16:40:00.000Z';
const to = '2026-11-23T09:02:11.000Z';
const due = '2026-11-20T17:00:00.000Z';

function missedIn(options: SampleOptions): readonly MissedNow[] {
  const state = sampleCase(options);
  return state.parts.map(({ caseId, partId }) => {
    const missed = { caseId, what: 'start', id: partId, dueAt: due } as const;
    return { missed, state, standing: standingOf(state, missed) };
  });
}

const outage = (name: string, rows: readonly MissedNow[]): SampleCard => {
  const view = outageView({ from, to }, rows, context(to));
  return { card: 'outage', name, content: outageCard(view), summary: outageSummary(view), named: false };
};

const caught: SampleOptions = {
  status: () => 'confirmed',
  started: ['access', 'hand-over', 'closing'],
  decisions: [{ outcome: 'approved' }],
  endedAt: '2026-11-23T09:03:20.000Z',
};

const morning = (name: string, list: Partial<MorningList>): SampleCard => {
  const steps = stepsOfCase(leaver, {}).map(({ step }) => step);
  const byHandOf = (stepId: StepId) => findStep(leaver, stepId)?.step.byHand;
  const view = morningListView(
    { day: 'Fri 20 Nov 2026', today: [], overdue: [], steps, byHandOf, ...list },
    context(from),
  );
  return {
    card: 'morning-list',
    name,
    content: morningListCard(view),
    summary: morningListSummary(view),
    named: false,
  };
};

const leaving = (record: SampleOptions['record']) => sampleCase({ record: { ...record } }).record;
const chloe = { ...alex, displayName: 'Chloe Martin', officeLocation: 'Austin' };

export const houseSamples: readonly SampleCard[] = [
  outage('outage-catching-up', [
    ...missedIn(caught),
    ...missedIn({
      record: { caseId: 'L-105', person: { ...alex, displayName: 'Chloe Martin' } },
      started: ['access', 'closing'],
    }),
  ]),
  morning('morning-two', {
    today: [
      leaving({}),
      leaving({ caseId: 'L-105', person: chloe, zone: 'America/Chicago', effectiveAt: '2026-11-20T23:00:00.000Z' }),
    ],
  }),
  morning('morning-late-and-overdue', {
    today: [
      leaving({ milestones: { accessClosedAt: '2026-11-20T08:00:09.000Z' } }),
      leaving({ caseId: 'L-90', follows: 'L-81', onlySteps: ['mailbox.end-delegate'] }),
    ],
    overdue: [leaving({ caseId: 'L-99', person: chloe, effectiveAt: '2026-11-18T17:00:00.000Z' })],
    late: { sentAt: '09:12 (London)', wantedAt: '07:30' },
  }),
  morning('morning-hostile', {
    today: hostileNames.map((displayName, index) =>
      leaving({ caseId: `L-${200 + index}`, person: { ...alex, displayName } }),
    ),
  }),
  morning('morning-many', {
    today: Array.from({ length: 40 }, (_, index) => leaving({ caseId: `L-${200 + index}` })),
  }),
  outage('outage-caught-up', missedIn(caught)),
  outage('outage-nothing', []),
  outage(
    'outage-hostile',
    hostileNames.flatMap((displayName, index) =>
      missedIn({ record: { caseId: `L-${200 + index}`, person: { ...alex, displayName } } }),
    ),
  ),
];
