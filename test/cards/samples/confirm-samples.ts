import { type Confirmation, confirmCard, confirmSummary, confirmView } from '#cards/confirm';
import type { SampleCard } from './sample-card.js';
import { hostileNames } from './sample-firm.js';

const confirm = (name: string, asked: Omit<Confirmation, 'actId'>): SampleCard => {
  const view = confirmView({ ...asked, actId: 'act-1' });
  return { card: 'confirm', name, content: confirmCard(view), summary: confirmSummary(view), named: false };
};

export const confirmSamples: readonly SampleCard[] = [
  confirm('confirm-reschedule', {
    caseId: 'L-104',
    title: "Move Alex Morgan's last day?",
    facts: [
      { title: 'Until now', value: 'Fri 20 Nov 2026 at 17:00 (London)' },
      { title: 'From now on', value: 'Mon 23 Nov 2026 at 17:00 (London)' },
    ],
    consequences: [
      'The plan is made again for the new time.',
      'Morgan Lee has approved the hand-over for the old time and is asked again.',
    ],
  }),
  confirm('confirm-at-once', {
    caseId: 'L-104',
    title: "Move Alex Morgan's last day into the past?",
    facts: [{ title: 'From now on', value: 'Thu 19 Nov 2026 at 17:00 (London)' }],
    consequences: ['That time is over: access closes at once when you confirm.'],
    grave: true,
  }),
  confirm('confirm-no-case', {
    title: 'Let Priya Shah decide in your place?',
    facts: [{ title: 'Until', value: 'Fri 27 Nov 2026, end of day (London)' }],
    consequences: [],
  }),
  confirm('confirm-hostile', {
    caseId: 'L-104',
    title: `Open ${hostileNames[0]}'s mailbox for ${hostileNames[3]}?`,
    facts: hostileNames.map((name) => ({ title: 'Who', value: name })),
    consequences: [...hostileNames],
  }),
];
