import { initialDomain, skus } from '#sandbox/firm/ids';
import type { PersonSeed } from '#sandbox/firm/person-seed';
import type { Site } from '#sandbox/firm/sites';

const premium = [skus.businessPremium];

type Post = readonly [jobTitle: string, department: string, site: Site['name']];
type Rest = Omit<PersonSeed, 'number' | 'givenName' | 'surname' | 'jobTitle' | 'department' | 'site'>;

function person(number: string, givenName: string, surname: string, post: Post, rest: Rest): PersonSeed {
  const [jobTitle, department, site] = post;
  return { number, givenName, surname, jobTitle, department, site, ...rest };
}

/** The people with a part to play, numbers 01 to 26: others rely on what is special about each. */
export const specialPeople: readonly PersonSeed[] = [
  person('01', 'Dana', 'Reyes', ['HR Director', 'Human Resources', 'London'], { manager: '21', licences: premium }),
  person('02', 'Hannah', 'Brooks', ['HR Advisor', 'Human Resources', 'London'], { manager: '01', licences: premium }),
  person('03', 'Morgan', 'Lee', ['Sales Manager', 'Sales', 'London'], { manager: '21', licences: premium }),
  person('04', 'Sam', 'Okoro', ['IT Support Lead', 'IT', 'London'], { manager: '05', licences: premium }),
  person('05', 'Priya', 'Shah', ['Head of IT', 'IT', 'London'], { manager: '21', licences: [skus.e3] }),
  // The example leaver: forwarding to a private address, one forwarding rule, three sign-in methods, nine groups, three lists.
  person('06', 'Alex', 'Morgan', ['Sales Executive', 'Sales', 'London'], { manager: '03', licences: premium }),
  // Two people with one name.
  person('07', 'Jordan', 'Taylor', ['Account Manager', 'Sales', 'London'], { manager: '03', licences: premium }),
  person('08', 'Jordan', 'Taylor', ['Software Engineer', 'Engineering', 'Dublin'], {
    manager: '24',
    licences: [],
    mailNickname: 'jordan.taylor2',
    userPrincipalName: 'jordan.taylor@dublin.northwind.example',
  }),
  person('09', 'Break', 'Glass', ['', '', 'London'], {
    licences: [],
    displayName: 'Break Glass',
    mailNickname: 'breakglass',
    userPrincipalName: `breakglass@${initialDomain}`,
    mailbox: false,
  }),
  person('10', 'Ines', 'Duarte', ['Warehouse Planner', 'Operations', 'Austin'], {
    manager: '25',
    licences: premium,
    synced: true,
  }),
  person('11', 'Marta', 'Nowak', ['Consultant', 'Finance', 'London'], {
    manager: '22',
    licences: [],
    displayName: 'Marta Nowak (Contoso)',
    mailNickname: 'marta.nowak_contoso.example#EXT#',
    userPrincipalName: `marta.nowak_contoso.example#EXT#@${initialDomain}`,
    mailbox: false,
    guest: true,
  }),
  // Disabled by hand last month and never cleaned up: licence, groups and forwarding are all still there.
  person('12', 'Theo', 'Grant', ['Sales Executive', 'Sales', 'London'], {
    manager: '03',
    licences: premium,
    disabledDaysAgo: 32,
  }),
  person('13', 'Noor', 'Haddad', ['Contract Analyst', 'Operations', 'Dublin'], { licences: premium }),
  person('14', 'Ella', 'Fraser', ['HR Coordinator', 'Human Resources', 'Dublin'], { manager: '01', licences: premium }),
  person('15', 'Kofi', 'Mensah', ['IT Support Engineer', 'IT', 'London'], { manager: '04', licences: premium }),
  // Licensed through the static group SG-Licence-BusinessPremium only.
  person('16', 'Bea', 'Lindqvist', ['Logistics Coordinator', 'Operations', 'Austin'], { manager: '25', licences: [] }),
  // Licensed through the dynamic Engineering group only: disabling the account takes the licence, and with it the mailbox.
  person('17', 'Liam', 'Byrne', ['Software Engineer', 'Engineering', 'Dublin'], { manager: '24', licences: [] }),
  person('18', 'Owen', 'Price', ['Warehouse Operative', 'Operations', 'Austin'], {
    manager: '25',
    licences: [skus.flowFree],
    mailbox: false,
  }),
  person('19', 'Grace', 'Kim', ['Field Sales Lead', 'Sales', 'Austin'], { manager: '03', licences: premium }),
  person('20', 'Peter', 'Novak', ['Accountant', 'Finance', 'Dublin'], {
    manager: '22',
    licences: premium,
    deletedDaysAgo: 7,
  }),
  person('21', 'Elena', 'Costa', ['Managing Director', 'Operations', 'London'], { licences: [skus.e3] }),
  person('22', 'Robert', 'Ashby', ['Head of Finance', 'Finance', 'London'], {
    manager: '21',
    licences: [skus.businessPremium, skus.powerBiPro],
  }),
  person('23', 'svc', 'Backup', ['Service account', '', 'London'], {
    licences: [],
    displayName: 'svc-backup',
    mailNickname: 'svc-backup',
    userPrincipalName: `svc-backup@${initialDomain}`,
    mailbox: false,
  }),
  // Licensed twice over: on the account, and through the dynamic group.
  person('24', 'Aoife', 'Nolan', ['Head of Engineering', 'Engineering', 'Dublin'], {
    manager: '21',
    licences: [skus.e3],
  }),
  person('25', 'Carlos', 'Vega', ['Head of Operations', 'Operations', 'Austin'], { manager: '21', licences: premium }),
  // Member of a role-assignable group: sensitive changes need a higher role of the app.
  person('26', 'Maya', 'Lindt', ['Helpdesk Engineer', 'IT', 'Dublin'], { manager: '04', licences: premium }),
];
