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
  leaver: ['it', 'hr'],
  auditor: ['auditors'],
};

export interface PolicyChoice {
  readonly nowNeedsSecondHr: boolean;
  readonly onSilence: OnSilence;
}

export function simPolicy({ nowNeedsSecondHr, onSilence }: PolicyChoice): Policy {
  const group = (role: Role) => ({ id: groupOf(role), name: role });
  return {
    people: {
      hr: group('hr'),
      it: group('it'),
      itLeadership: group('itLeadership'),
      approvers: group('approvers'),
      auditors: group('auditors'),
    },
    sites: [{ name: 'Sim', zone: 'Europe/London', endOfDay: '17:00' }],
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
    },
    verify: { gapMs: 1_000, firstPollMs: 500, maxPollMs: 15_000, deadlineMs: 180_000, settleMs: 30_000 },
    run: { maxAttempts: 3, backoffMs: 1_000, graphWidth: 8, exchangeWidth: 4 },
    exceptions: { ownerRole: 'it', dueHours: 4 },
    cards: { editGapMs: 2_000 },
  };
}
