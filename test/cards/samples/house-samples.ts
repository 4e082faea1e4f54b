import { outageCard, outageSummary, outageView } from '#cards/outage';
import type { MissedNow } from '#engine/house/outage';
import { standingOf } from '#engine/house/standing-of';
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

export const houseSamples: readonly SampleCard[] = [
  outage('outage-catching-up', [
    ...missedIn(caught),
    ...missedIn({
      record: { caseId: 'L-105', person: { ...alex, displayName: 'Chloe Martin' } },
      started: ['access', 'closing'],
    }),
  ]),
  outage('outage-caught-up', missedIn(caught)),
  outage('outage-nothing', []),
  outage(
    'outage-hostile',
    hostileNames.flatMap((displayName, index) =>
      missedIn({ record: { caseId: `L-${200 + index}`, person: { ...alex, displayName } } }),
    ),
  ),
];
