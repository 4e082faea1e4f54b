import type { Viewer } from '#cards/card-context';
import { caseProgressCard, caseProgressSummary, caseProgressView } from '#cards/case-progress';
import { deviationCard, deviationSummary, deviationView } from '#cards/deviation';
import { exceptionCard, exceptionSummary, exceptionView } from '#cards/exception';
import {
  type ExceptionFilter,
  exceptionListCard,
  exceptionListSummary,
  exceptionListView,
} from '#cards/exception-list';
import type { CaseState } from '#domain/case-state';
import type { Deviation } from '#domain/deviation';
import { type DeviationPart, deviationPart } from '#domain/deviation-part';
import type { Decision, Requirement, Role } from '#domain/part';
import type { SampleCard } from './sample-card.js';
import { context, sampleCase, sampleException } from './sample-case.js';
import { alex, dana, hannah, hostileNames, jordanSales, sam, viewers } from './sample-firm.js';

const asked = '2026-11-18T09:00:00.000Z';
const later = '2026-11-18T11:30:00.000Z';
const friday = '2026-11-27T17:00:00.000Z';
const wish: Deviation = {
  kind: 'keep',
  title: 'Sign-in stays open',
  reason: 'The hand-over call with the customer is on Friday',
  askedBy: dana.userId,
  askedAt: asked,
  until: friday,
  stepIds: ['users.disable-account', 'users.revoke-sign-in-sessions'],
};

function sign(role: Role): Requirement {
  const of = [{ kind: 'role', role, except: [alex.userId, dana.userId] }] as const;
  const base = { requirementId: `sign-${role}`, round: 1, rule: { kind: 'one' }, stage: 1, askedAt: asked } as const;
  return { ...base, of, dueAt: '2026-11-20T17:00:00.000Z', onSilence: 'lapse', apart: true };
}

type Signed = readonly (Partial<Decision> & Pick<Decision, 'decidedBy'>)[];

function wished(
  state: CaseState,
  deviation: Deviation,
  signed: Signed = [],
): { state: CaseState; part: DeviationPart } {
  const requirements = (['hr', 'approvers'] as const).map(sign);
  const part = deviationPart(state, deviation, { requirements, risk: 'elevated' });
  const decisions = signed.map((given, index) => ({
    tenantId: part.tenantId,
    caseId: part.caseId,
    partId: part.partId,
    partHash: part.partHash,
    requirementId: requirements[index]?.requirementId ?? '',
    round: 1,
    outcome: 'approved' as const,
    right: 'member of a group',
    decidedAt: later,
    ...given,
  }));
  return { state: { ...state, parts: [...state.parts, part], decisions: [...state.decisions, ...decisions] }, part };
}

const both: Signed = [{ decidedBy: hannah.userId }, { decidedBy: jordanSales.userId }];

const deviation = (
  name: string,
  given: Partial<Deviation>,
  signed: Signed,
  viewer: Viewer,
  mayDecide = false,
): SampleCard => {
  const exceptions = given.kind === 'waive' ? [sampleException('1')] : [];
  const { state, part } = wished(sampleCase({ exceptions }), { ...wish, ...given }, signed);
  const view = deviationView(state, part, mayDecide, context(later, viewer));
  return { card: 'deviation', name, content: deviationCard(view), summary: deviationSummary(view), named: true };
};

const waiver: Partial<Deviation> = {
  kind: 'waive',
  title: "Alex Morgan's mailbox is not proved shared",
  reason: 'The litigation hold ends in December',
  askedBy: sam.userId,
  exceptionId: '1',
};

const list = (name: string, filter: ExceptionFilter, states: readonly CaseState[]): SampleCard => {
  const reader = { userId: sam.userId, roles: ['it'] as const };
  const view = exceptionListView(filter, states, reader, context('2026-11-20T20:00:00.000Z', viewers.priya));
  return {
    card: 'exception-list',
    name,
    content: exceptionListCard(view),
    summary: exceptionListSummary(view),
    named: false,
  };
};

const several = sampleCase({
  exceptions: [
    sampleException('1', { owner: { kind: 'person', userId: sam.userId, displayName: sam.displayName } }),
    sampleException('2', { owner: { kind: 'role', role: 'hr' }, dueAt: '2026-11-20T18:00:00.000Z', severity: 'high' }),
    sampleException('3', {
      owner: { kind: 'role', role: 'itLeadership' },
      dueAt: '2026-11-23T17:00:00.000Z',
      title: 'Alex Morgan is still in Sales UK',
    }),
  ],
});
const hostile = hostileNames.join(' ');
const flooded = sampleCase({
  exceptions: Array.from({ length: 30 }, (_, index) =>
    sampleException(`${index + 1}`, {
      title: hostile,
      owner: { kind: 'person', userId: dana.userId, displayName: hostile },
    }),
  ),
});

const exception = (name: string, state: CaseState): SampleCard => {
  const assignees = [sam, dana, hannah, jordanSales].map(({ userId, displayName }) => ({ userId, displayName }));
  const view = exceptionView(state, { ...context('2026-11-20T20:00:00.000Z'), assignees });
  return { card: 'exception', name, content: exceptionCard(view), summary: exceptionSummary(view), named: false };
};

const overdue = sampleException('1', {
  escalated: { at: '2026-11-20T19:00:00.000Z', to: 'itLeadership' },
  contradicted: { by: sam.userId, at: '2026-11-20T17:40:00.000Z', note: 'Converted it in the admin centre' },
  saw: 'It was reported as done by hand, but the tenant still shows: The mailbox is a UserMailbox.',
});

const progress = (name: string, state: CaseState): SampleCard => {
  const view = caseProgressView(state, context('2026-11-20T20:00:00.000Z', viewers.dana));
  return {
    card: 'case-progress',
    name,
    content: caseProgressCard(view),
    summary: caseProgressSummary(view),
    named: true,
  };
};

const held: Deviation = { ...wish, kind: 'hold', title: 'The case is put on hold', grantedAt: later };

export const deviationSamples: readonly SampleCard[] = [
  deviation('deviation-asked', {}, [], viewers.priya, true),
  deviation('deviation-asker', {}, [{ decidedBy: hannah.userId }], viewers.dana),
  deviation('deviation-granted', { grantedAt: later }, both, viewers.dana),
  deviation('deviation-over', { grantedAt: later, endedAt: friday }, both, viewers.dana),
  deviation('deviation-moot', { endedAt: later }, [], viewers.dana),
  deviation(
    'deviation-rejected',
    {},
    [{ decidedBy: hannah.userId, outcome: 'rejected', reason: 'Jordan has the call' }],
    viewers.dana,
  ),
  deviation('deviation-lapsed', {}, [{ decidedBy: 'clock', outcome: 'rejected' }], viewers.dana),
  deviation('deviation-hold', { kind: 'hold', title: 'The case is put on hold' }, [], viewers.priya, true),
  deviation('deviation-waive', waiver, [], viewers.priya, true),
  deviation('deviation-hostile', { ...waiver, title: hostile, reason: hostile }, [], viewers.priya, true),
  list('exception-list', 'all', [several]),
  list('exception-list-empty', 'overdue', []),
  list('exception-list-hostile', 'all', [flooded]),
  exception('exception-overdue', sampleCase({ exceptions: [overdue] })),
  exception(
    'exception-waiver-asked',
    wished(sampleCase({ exceptions: [sampleException('1')] }), { ...wish, ...waiver }).state,
  ),
  exception(
    'exception-five',
    sampleCase({ exceptions: [...several.exceptions, sampleException('4'), sampleException('5')] }),
  ),
  exception('exception-flooded', flooded),
  progress('case-progress-held', wished(sampleCase(), held, both).state),
  progress('case-progress-wish', wished(sampleCase(), wish).state),
];
