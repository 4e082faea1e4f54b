import { createCalendar } from '#adapters/calendar/luxon-calendar';
import type { Viewer } from '#cards/card-context';
import type { Policy } from '#domain/policy';
import type { PersonView } from '#domain/subject';
import { simRules } from '../../simulation/firm.js';

export const tenantId = '6f0a1c2e-5b7d-4e9a-8c31-0d2f4b6a8e10';

const personId = (number: string) => `a0000000-0000-4000-8000-0000000000${number}`;

function person(number: string, displayName: string, jobTitle: string, department: string): PersonView {
  const userPrincipalName = `${displayName.toLowerCase().replaceAll(' ', '.')}@northwind.example`;
  return {
    userId: personId(number),
    displayName,
    userPrincipalName,
    jobTitle,
    department,
    officeLocation: 'London',
    accountEnabled: true,
    userType: 'Member',
  };
}

export const dana = person('01', 'Dana Reyes', 'HR Director', 'Human Resources');
export const hannah = person('02', 'Hannah Brooks', 'HR Advisor', 'Human Resources');
export const morgan = person('03', 'Morgan Lee', 'Sales Manager', 'Sales');
export const sam = person('04', 'Sam Okoro', 'IT Support Lead', 'IT');
const priya = person('05', 'Priya Shah', 'Head of IT', 'IT');
export const alex = person('06', 'Alex Morgan', 'Sales Executive', 'Sales');
export const jordanSales = {
  ...person('07', 'Jordan Taylor', 'Account Manager', 'Sales'),
  userPrincipalName: 'jordan.taylor@northwind.example',
};
export const jordanEngineering = {
  ...person('08', 'Jordan Taylor', 'Engineer', 'Engineering'),
  officeLocation: 'Dublin',
  userPrincipalName: 'jordan.taylor2@dublin.northwind.example',
};

const everybody = [dana, hannah, morgan, sam, priya, alex, jordanSales, jordanEngineering];

export function nameOf(userId: string): string | undefined {
  return everybody.find((someone) => someone.userId === userId)?.displayName;
}

/** Names as nobody should have them, and somebody does. */
export const hostileNames = [
  '[x](http://evil.example/?a=1)',
  '${1+1} ${$root.secret}',
  '<at>Everyone</at> <script>alert(1)</script>',
  '**Bold** _under_ `code` ~~gone~~ | table | # no heading',
  '- 1. + > list\n\n# heading\ttab',
  'שרה כהן (מכירות)',
  'evil\u202Egnp.exe\u202C &lt;b&gt; "quote" \\ slash',
  `Wolfeschlegelsteinhausenbergerdorff ${'very long '.repeat(30)}end`,
] as const;

const group = (name: string) => ({ id: 'b0000000-0000-4000-8000-000000000001', name });

export const policy: Policy = {
  people: {
    hr: group('Human Resources'),
    it: group('IT'),
    itLeadership: group('IT Leadership'),
    approvers: group('Latchkey Approvers'),
    auditors: group('Latchkey Auditors'),
  },
  sites: [
    { name: 'London', zone: 'Europe/London', startOfDay: '09:00', endOfDay: '17:00', workdays: [1, 2, 3, 4, 5] },
    { name: 'Dublin', zone: 'Europe/Dublin', startOfDay: '09:00', endOfDay: '17:30', workdays: [1, 2, 3, 4, 5] },
    { name: 'Austin', zone: 'America/Chicago', startOfDay: '09:00', endOfDay: '17:00', workdays: [1, 2, 3, 4, 5] },
  ],
  defaultSite: 'London',
  fallbackApprover: priya.userId,
  protectedAccounts: { groups: [], userIds: [] },
  leaver: {
    nowNeedsSecondHr: true,
    secondHrDueMinutes: 60,
    handOver: { dueHours: 24, onSilence: 'take-default' },
    delegateDays: 30,
    autoReply: '{name} has left {firm}. Please write to {delegate}.',
    firm: 'Northwind Traders',
    latestPastDays: 90,
    furthestFutureDays: 365,
    later: [],
  },
  verify: { gapMs: 200, firstPollMs: 200, maxPollMs: 5000, deadlineMs: 60000, settleMs: 5000 },
  run: { maxAttempts: 3, backoffMs: 200, graphWidth: 8, exchangeWidth: 4 },
  ...simRules,
  cards: { editGapMs: 2000 },
};

export const calendar = createCalendar();

export const viewers = {
  dana: { userId: dana.userId, sees: 'requester' },
  hannah: { userId: hannah.userId, sees: 'hr' },
  morgan: { userId: morgan.userId, sees: 'manager' },
  priya: { userId: priya.userId, sees: 'leadership' },
} as const satisfies Readonly<Record<string, Viewer>>;
