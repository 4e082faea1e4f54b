import {
  type LeaverRequestInput,
  leaverRequestCard,
  leaverRequestSummary,
  leaverRequestView,
  nobody,
  type PlannedItem,
} from '#cards/leaver-request';
import type { Draft } from '#domain/draft';
import type { SampleCard } from './sample-card.js';
import { askedAt, context } from './sample-case.js';
import { leaverChanges } from './sample-changes.js';
import { alex, dana, hostileNames, morgan, tenantId, viewers } from './sample-firm.js';

const values = {
  lastDay: '2026-11-20',
  lastTime: '17:00',
  delegate: morgan.userId,
  autoReply: 'Alex Morgan no longer works at Northwind Traders. Please write to Morgan Lee instead.',
};

const draft: Draft = {
  tenantId,
  draftId: 'd-1',
  kind: 'leaver',
  person: alex,
  manager: morgan,
  requestedBy: dana.userId,
  immediate: false,
  zone: 'Europe/London',
  planned: [],
  values,
  requesterIsHr: true,
  requesterName: dana.displayName,
  madeAt: askedAt,
};

const planned = (names?: readonly string[]): readonly PlannedItem[] =>
  leaverChanges(morgan.displayName, names).map(({ stepId, change }) => ({ stepId, item: { kind: 'change', change } }));

const target = { kind: 'group', id: 'g-1', displayName: 'AD-Payroll' } as const;
const blocked: PlannedItem = {
  stepId: 'groups.leave-groups',
  item: {
    kind: 'blocked',
    key: 'groups.leave-groups:g-1',
    target,
    code: 'latchkey.ad-synced',
    title: 'AD-Payroll is kept in Active Directory',
    saw: 'The group is synchronised from Active Directory.',
    advice: 'Somebody in IT takes the person out of it there.',
  },
};
const notNeeded: PlannedItem = {
  stepId: 'groups.leave-groups',
  item: {
    kind: 'not-needed',
    key: 'x',
    target,
    observation: { text: 'Membership of All London follows a rule', data: null },
  },
};

const request = (name: string, input: Partial<LeaverRequestInput> = {}): SampleCard => {
  const view = leaverRequestView({
    draft,
    person: alex,
    manager: morgan,
    planned: planned(),
    values,
    errors: [],
    context: context(askedAt, viewers.dana),
    ...input,
  });
  return {
    card: 'leaver-request',
    name,
    content: leaverRequestCard(view),
    summary: leaverRequestSummary(view),
    named: true,
  };
};

export const requestSamples: readonly SampleCard[] = [
  request('leaver-request'),
  request('leaver-request-errors', {
    errors: [
      'The last working day lies 200 days back. Please ask HR; at most 30 days are possible.',
      'Several people are called “Jordan Taylor”. Write the sign-in name of the one who gets the mailbox.',
    ],
    values: {
      ...values,
      lastDay: '2026-05-04',
      delegate: 'Jordan Taylor',
      autoReply: 'First line\nSecond line',
    },
    planned: [...planned(), blocked, notNeeded],
  }),
  request('leaver-request-now', {
    draft: { ...draft, immediate: true },
    manager: undefined,
    values: { ...values, delegate: nobody },
    person: { ...alex, accountEnabled: false },
  }),
  request('leaver-request-nothing', { planned: [], draft: { ...draft, immediate: true, requesterIsHr: false } }),
  request('leaver-request-hostile', {
    person: { ...alex, displayName: hostileNames[1], jobTitle: hostileNames[0], department: hostileNames[3] },
    manager: { ...morgan, displayName: hostileNames[2] },
    planned: [...planned([...hostileNames]), ...Array.from({ length: 7 }, () => blocked)],
    values: { ...values, autoReply: hostileNames.join('\n') },
    errors: [...hostileNames],
  }),
];
