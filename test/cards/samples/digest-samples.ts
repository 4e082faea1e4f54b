import { type DigestList, digestCard, digestSummary, digestView } from '#cards/digest';
import type { WaitingDecision } from '#engine/decisions-waiting';
import type { SampleCard } from './sample-card.js';
import { context, sampleCase } from './sample-case.js';
import { leaverChanges } from './sample-changes.js';
import { alex, hostileNames, jordanEngineering, jordanSales, viewers } from './sample-firm.js';

const now = '2026-11-19T09:00:00.000Z';

function waiting(
  number: number,
  more: Partial<WaitingDecision> = {},
  person = alex,
  zone = 'Europe/London',
): WaitingDecision {
  const state = sampleCase({
    record: { caseId: `L-${number}`, person, zone },
    changes: leaverChanges(person.displayName),
  });
  return {
    state,
    parts: state.parts.filter(({ partId }) => partId === 'hand-over'),
    hash: `${number}`,
    dueAt: '2026-11-20T17:00:00.000Z',
    wantsReading: false,
    opened: false,
    ...more,
  };
}

function digest(name: string, list: Partial<DigestList>): SampleCard {
  const view = digestView({ digestId: 'a0000000/0123456789abcdef', listed: [], more: 0, ...list }, () =>
    context(now, viewers.morgan),
  );
  return { card: 'digest', name, content: digestCard(view), summary: digestSummary(view), named: false };
}

const four = [
  waiting(104, { wantsReading: true }),
  waiting(105, {}, jordanSales),
  waiting(106, {}, jordanEngineering, 'Europe/Dublin'),
  waiting(107, { wantsReading: true, opened: true }, { ...alex, displayName: 'Chloe Bennett' }),
];

export const digestSamples: readonly SampleCard[] = [
  digest('digest-four', { listed: four }),
  digest('digest-decided', {
    listed: four.slice(0, 1),
    said: [
      '2 cases approved: L-105, L-106.',
      'L-107: it has changed since, so nothing was decided; it stands here as it is now.',
    ],
  }),
  digest('digest-many', { listed: Array.from({ length: 10 }, (_, index) => waiting(110 + index)), more: 12 }),
  digest('digest-empty', {}),
  digest('digest-superseded', { listed: four, superseded: true }),
  digest('digest-hostile', {
    listed: [...hostileNames, ...hostileNames.slice(0, 2)].map((displayName, index) =>
      waiting(130 + index, {}, { ...alex, displayName, officeLocation: displayName }),
    ),
  }),
];
