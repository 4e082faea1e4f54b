import { type Newcomer, newcomerCard, newcomerSummary, newcomerView } from '#cards/newcomer';
import { policyChangeCard, policyChangeSummary, policyChangeView } from '#cards/policy-change';
import type { PolicyChange, PolicyStanding } from '#cards/policy-standing';
import { siteTime } from '#cards/site-time';
import type { SampleCard } from './sample-card.js';
import { context } from './sample-case.js';
import { hostileNames, morgan, nameOf, sam } from './sample-firm.js';

const now = '2026-11-20T10:05:00.000Z';
const time = siteTime({ officeLocation: 'London' }, 'Europe/London', context(now));
const hr = 'b0000000-0000-4000-8000-000000000001';
const sales = 'b0000000-0000-4000-8000-000000000021';

const differences = [
  {
    path: 'leaver.handOver.onSilence',
    about: 'What happens when the manager has not decided by then.',
    before: 'take-default',
    after: 'wait-and-escalate',
  },
  {
    path: 'people.hr',
    about: 'An Entra group.',
    before: { id: hr, name: 'Human Resources' },
    after: { id: sales, name: 'Human Resources' },
  },
  {
    path: 'fallbackApprover',
    about: 'Decides in place of a manager who is not there.',
    before: sam.userId,
    after: morgan.userId,
  },
  {
    path: 'sites[Austin].endOfDay',
    about: 'When a working day ends there, HH:mm: the last business hour.',
    before: '17:00',
    after: '16:00',
  },
  {
    path: 'decisions.rules[finance-signs]',
    after: {
      id: 'finance-signs',
      when: { kinds: ['leaver'], parts: ['hand-over'] },
      ask: [{ role: 'approvers' }],
      need: 'one',
    },
  },
  { path: 'protectedAccounts.userIds[]', before: 'a0000000-0000-4000-8000-000000000099' },
];

const version = { hash: `7f3a91c2${'0'.repeat(56)}`, seenAt: now, differences };
const names = new Map([
  [hr, 'Human Resources'],
  [sales, 'Sales UK'],
]);

function policy(name: string, standing: PolicyStanding, more: Partial<PolicyChange> = {}): SampleCard {
  const view = policyChangeView({
    version,
    standing,
    long: time.long,
    nameOf: (id) => names.get(id) ?? nameOf(id),
    ...more,
  });
  return {
    card: 'policy-change',
    name,
    content: policyChangeCard(view),
    summary: policyChangeSummary(view),
    named: false,
  };
}

function newcomer(name: string, joined: Newcomer): SampleCard {
  const view = newcomerView(joined);
  return { card: 'newcomer', name, content: newcomerCard(view), summary: newcomerSummary(view), named: false };
}

const group = 'Latchkey Approvers';

export const rulesSamples: readonly SampleCard[] = [
  policy('policy-change-to-sign', { kind: 'waiting', may: 'sign' }),
  policy(
    'policy-change-stale',
    { kind: 'waiting', may: 'sign' },
    {
      said: 'What you saw does not wait for a signature any more: nothing was changed.',
    },
  ),
  policy('policy-change-too-new', { kind: 'waiting', may: 'too-new', from: '2026-11-21T10:00:00.000Z' }),
  policy(
    'policy-change-too-much',
    { kind: 'waiting', may: 'too-much' },
    {
      version: { ...version, differences: Array.from({ length: 60 }, (_, at) => ({ path: `rule ${at}`, after: at })) },
    },
  ),
  policy(
    'policy-change-largest',
    { kind: 'waiting', may: 'sign' },
    {
      version: {
        ...version,
        differences: Array.from({ length: 25 }, (_, at) => ({
          path: `rule ${at}`,
          before: '*_*'.repeat(20),
          after: `${'`[]'.repeat(20)}`,
        })),
      },
    },
  ),
  policy('policy-change-to-read', { kind: 'waiting', may: 'read' }),
  policy('policy-change-in-channel', { kind: 'elsewhere' }),
  policy('policy-change-signed', { kind: 'signed', by: 'Priya Shah' }, { version: { ...version, signedAt: now } }),
  policy(
    'policy-change-rejected',
    { kind: 'rejected', by: 'Priya Shah' },
    {
      version: { ...version, rejected: { by: sam.userId, at: now, reason: 'HR is not Sales' } },
    },
  ),
  policy('policy-change-withdrawn', { kind: 'withdrawn' }, { version: { ...version, withdrawnAt: now } }),
  policy('policy-change-in-force', { kind: 'in-force', by: 'Priya Shah' }, { version: { ...version, signedAt: now } }),
  policy(
    'policy-change-unusable',
    { kind: 'unusable' },
    {
      version: {
        ...version,
        problem: 'The policy file cannot be used:\n  - policy.yaml:12: "people.hr.id": an Entra object id is wanted.',
      },
    },
  ),
  policy('policy-change-upgraded', { kind: 'upgraded' }),
  policy(
    'policy-change-hostile',
    { kind: 'rejected', by: hostileNames[0] },
    {
      version: {
        ...version,
        differences: hostileNames.map((text) => ({ path: text, about: text, before: text, after: { [text]: text } })),
        rejected: { by: sam.userId, at: now, reason: hostileNames.join(' ') },
      },
    },
  ),
  newcomer('newcomer', { person: sam, group, from: time.long('2026-11-21T10:00:00.000Z') }),
  newcomer('newcomer-left', { person: sam, group, left: true }),
  newcomer('newcomer-hostile', {
    person: { ...sam, displayName: hostileNames[3], jobTitle: hostileNames[0] },
    group: hostileNames[2],
  }),
];
