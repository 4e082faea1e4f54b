import type { OnSilence, Role } from '#domain/part';
import type { Policy } from '#domain/policy';
import type { PersonView } from '#domain/subject';

export const groupOf = (role: Role): string => `group-${role}`;

export function person(userId: string, more: Partial<PersonView> = {}): PersonView {
  return { userId, displayName: userId.toUpperCase(), userPrincipalName: `${userId}@sim.example`, ...more };
}

/** Who may do what. The leaver sits in IT: they must see nothing of their own case all the same. */
export const roles: Readonly<Record<string, readonly Role[]>> = {
  hr1: ['hr'],
  hr2: ['hr'],
  it1: ['it'],
  lead: ['itLeadership'],
  ap1: ['approvers'],
  ap2: ['approvers'],
  leaver: ['it', 'hr'],
  auditor: ['auditors'],
};

export interface PolicyChoice {
  readonly nowNeedsSecondHr: boolean;
  readonly onSilence: OnSilence;
  /** Replaces whole sections. */
  readonly policy?: Partial<Policy>;
}

/** What the engine's tests leave as it is. */
export const simRules = {
  decisions: {
    rules: [],
    fourEyes: [],
    onReject: 'part',
    remindAt: [0.5, 0.75],
    quietHours: { from: '00:00', to: '00:00' },
    escalateTo: 'itLeadership',
    escalationHours: 1,
    digestFrom: 100,
    newcomerHours: 24,
    approvalValidDays: 90,
    outageGraceHours: 1,
  },
  exceptions: {
    ownerRole: 'it',
    dueHours: 4,
    highDueHours: 4,
    escalateTo: 'itLeadership',
    waive: { routine: ['it'], elevated: ['approvers'], closing: ['hr', 'approvers'] },
    longestWaiverDays: 365,
  },
  promises: { leaverClosed: 'end-of-day', leastHours: 4, warnMinutes: 60 },
  watch: { leaverHours: [1, 24], sweepMonths: 12, sweepAt: '05:00' },
  house: { morningAt: '07:30', outageMinutes: 15 },
} as const satisfies Partial<Policy>;

export function simPolicy({ nowNeedsSecondHr, onSilence, policy }: PolicyChoice): Policy {
  const group = (role: Role) => ({ id: groupOf(role), name: role });
  return {
    people: {
      hr: group('hr'),
      it: group('it'),
      itLeadership: group('itLeadership'),
      approvers: group('approvers'),
      auditors: group('auditors'),
    },
    sites: [
      { name: 'Sim', zone: 'Europe/London', startOfDay: '09:00', endOfDay: '17:00', workdays: [1, 2, 3, 4, 5, 6, 7] },
    ],
    defaultSite: 'Sim',
    fallbackApprover: 'fallback',
    protectedAccounts: { groups: [], userIds: [] },
    leaver: {
      nowNeedsSecondHr,
      secondHrDueMinutes: 10,
      handOver: { dueHours: 0.5, onSilence },
      delegateDays: 30,
      autoReply: '',
      firm: 'Sim',
      latestPastDays: 30,
      furthestFutureDays: 30,
      later: [],
    },
    verify: { gapMs: 1_000, firstPollMs: 500, maxPollMs: 15_000, deadlineMs: 180_000, settleMs: 30_000 },
    run: { maxAttempts: 3, backoffMs: 1_000, graphWidth: 8, exchangeWidth: 4 },
    ...simRules,
    cards: { editGapMs: 2_000 },
    ...policy,
  };
}
