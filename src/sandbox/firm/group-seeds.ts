import { groups as ids, people, skus } from '#sandbox/firm/ids';

type GroupKind = 'security' | 'microsoft365' | 'team' | 'distribution' | 'mailSecurity';

/** One group as it is written down. Members of a group with a rule come from the rule. */
export interface GroupSeed {
  readonly id: string;
  readonly name: string;
  readonly kind: GroupKind;
  readonly nickname: string;
  readonly description?: string;
  /** Dynamic membership rule. */
  readonly rule?: string;
  readonly members?: readonly string[];
  /** Everybody of a site or a department, besides `members`. */
  readonly everyone?: { readonly site?: string; readonly department?: string };
  readonly owners?: readonly string[];
  readonly licences?: readonly string[];
  readonly synced?: boolean;
  readonly roleAssignable?: boolean;
}

const p = people;

function group(id: string, name: string, kind: GroupKind, rest: Partial<GroupSeed>): GroupSeed {
  return { id, name, kind, nickname: name.toLowerCase().replaceAll(' ', '-').replace('@', ''), ...rest };
}

const salesUk = { site: 'London', department: 'Sales' };
const sales = { department: 'Sales' };

export const groupSeeds: readonly GroupSeed[] = [
  group(ids.humanResources, 'Human Resources', 'security', { rule: '(user.department -eq "Human Resources")' }),
  group(ids.it, 'IT', 'security', { rule: '(user.department -eq "IT")' }),
  group(ids.itLeadership, 'IT Leadership', 'security', { members: [p.priyaShah, p.samOkoro], owners: [p.priyaShah] }),
  group(ids.approvers, 'Latchkey Approvers', 'security', {
    members: [p.managingDirector, p.headOfFinance],
    owners: [p.priyaShah],
  }),
  group(ids.auditors, 'Latchkey Auditors', 'security', { members: [p.headOfFinance], owners: [p.priyaShah] }),
  group(ids.licenceBusinessPremium, 'SG-Licence-BusinessPremium', 'security', {
    members: [p.licensedThroughGroup],
    licences: [skus.businessPremium],
    owners: [p.samOkoro],
  }),
  group(ids.licenceEngineering, 'SG-Licence-Engineering', 'security', {
    rule: '(user.accountEnabled -eq true) and (user.department -eq "Engineering")',
    licences: [skus.e3],
  }),
  group(ids.protectedAccounts, 'Protected Accounts', 'security', {
    members: [p.breakGlass, p.serviceAccount],
    owners: [p.priyaShah],
  }),
  group(ids.allStaff, 'All Staff', 'security', { everyone: {}, owners: [p.danaReyes] }),
  group(ids.salesUk, 'Sales UK', 'team', { everyone: salesUk, owners: [p.morganLee] }),
  group(ids.salesEmea, 'Sales EMEA', 'microsoft365', {
    everyone: sales,
    owners: [p.morganLee, p.soleTeamOwner],
  }),
  group(ids.forecastReadWrite, 'Forecast-RW', 'security', {
    members: [p.morganLee, p.alexMorgan, p.headOfFinance],
    owners: [p.morganLee],
  }),
  group(ids.pricingRead, 'Pricing-R', 'security', {
    everyone: sales,
    owners: [p.headOfFinance],
  }),
  group(ids.london, 'London', 'security', { everyone: { site: 'London' }, owners: [p.danaReyes] }),
  group(ids.vpnUsers, 'VPN Users', 'security', {
    members: [
      p.alexMorgan,
      p.priyaShah,
      p.samOkoro,
      p.leaverInIt,
      p.licensedThroughDynamicGroup,
      p.withoutManager,
      p.disabledByHand,
    ],
    owners: [p.samOkoro],
  }),
  group(ids.leadsReadWrite, 'Leads-RW', 'security', {
    members: [p.morganLee, p.alexMorgan, p.jordanTaylorSales],
    owners: [p.morganLee],
  }),
  group(ids.dealDesk, 'Deal Desk', 'team', {
    members: [p.morganLee, p.alexMorgan, p.headOfFinance],
    owners: [p.morganLee, p.headOfFinance],
  }),
  group(ids.salesList, 'sales@', 'distribution', { everyone: sales, owners: [p.morganLee] }),
  group(ids.londonList, 'london@', 'distribution', {
    nickname: 'london-all',
    everyone: { site: 'London' },
    owners: [p.danaReyes],
  }),
  group(ids.q4DealsList, 'q4-deals@', 'mailSecurity', {
    members: [p.morganLee, p.alexMorgan, p.headOfFinance],
    owners: [p.morganLee],
  }),
  group(ids.helpdeskAdmins, 'Helpdesk Admins', 'security', {
    members: [p.memberOfRoleAssignableGroup],
    owners: [p.priyaShah],
    roleAssignable: true,
  }),
  group(ids.fieldSales, 'Field Sales', 'team', {
    everyone: { site: 'Austin', department: 'Sales' },
    owners: [p.soleTeamOwner],
  }),
  group(ids.warehouseSynced, 'Warehouse Systems', 'security', { members: [p.syncedFromActiveDirectory], synced: true }),
  group(ids.dublin, 'Dublin', 'security', { everyone: { site: 'Dublin' }, owners: [p.danaReyes] }),
  group(ids.austin, 'Austin', 'security', { everyone: { site: 'Austin' }, owners: [p.danaReyes] }),
  group(ids.engineering, 'Engineering', 'team', {
    everyone: { department: 'Engineering' },
    owners: [p.headOfEngineering],
  }),
  group(ids.financeReports, 'Finance Reports', 'microsoft365', {
    members: [p.guest],
    everyone: { department: 'Finance' },
    owners: [p.headOfFinance],
  }),
  group(ids.operationsList, 'operations@', 'distribution', {
    everyone: { department: 'Operations' },
    owners: [p.managingDirector],
  }),
  // Nested: its members are groups, so that their people are in it transitively.
  group(ids.allSecurity, 'Office Door Access', 'security', {
    members: [ids.london, ids.dublin, ids.austin],
    owners: [p.samOkoro],
  }),
];
