/** Names and ids of the simulated firm that others rely on. They never change. */
export const tenantId = '6f0a1c2e-5b7d-4e9a-8c31-0d2f4b6a8e10';
export const firmName = 'Northwind Traders';
export const initialDomain = 'northwindtraders.onmicrosoft.com';

/** The app registration that the product runs as. */
export const latchkeyAppId = '1a7c4e8d-0000-4000-8000-00000000a1b2';
export const latchkeyServicePrincipalId = 'e0000000-0000-4000-8000-000000000001';
export const graphServicePrincipalId = 'e0000000-0000-4000-8000-000000000002';
export const exchangeServicePrincipalId = 'e0000000-0000-4000-8000-000000000003';
/** Latchkey's entry in the firm's Teams app catalogue; its external id is the manifest's id. */
export const latchkeyTeamsAppId = 'f0000000-0000-4000-8000-000000000001';

export const personId = (number: string): string => `a0000000-0000-4000-8000-${number.padStart(12, '0')}`;
const groupId = (number: string): string => `b0000000-0000-4000-8000-${number.padStart(12, '0')}`;

export const people = {
  danaReyes: personId('01'),
  hannahBrooks: personId('02'),
  morganLee: personId('03'),
  samOkoro: personId('04'),
  priyaShah: personId('05'),
  /** The example leaver. */
  alexMorgan: personId('06'),
  jordanTaylorSales: personId('07'),
  jordanTaylorEngineering: personId('08'),
  breakGlass: personId('09'),
  syncedFromActiveDirectory: personId('10'),
  guest: personId('11'),
  disabledByHand: personId('12'),
  withoutManager: personId('13'),
  leaverInHumanResources: personId('14'),
  leaverInIt: personId('15'),
  licensedThroughGroup: personId('16'),
  licensedThroughDynamicGroup: personId('17'),
  withoutMailbox: personId('18'),
  soleTeamOwner: personId('19'),
  softDeleted: personId('20'),
  managingDirector: personId('21'),
  headOfFinance: personId('22'),
  serviceAccount: personId('23'),
  headOfEngineering: personId('24'),
  headOfOperations: personId('25'),
  memberOfRoleAssignableGroup: personId('26'),
} as const;

export const groups = {
  humanResources: groupId('01'),
  it: groupId('02'),
  itLeadership: groupId('03'),
  approvers: groupId('04'),
  auditors: groupId('05'),
  licenceBusinessPremium: groupId('06'),
  licenceEngineering: groupId('07'),
  protectedAccounts: groupId('08'),
  allStaff: groupId('09'),
  salesUk: groupId('10'),
  salesEmea: groupId('11'),
  forecastReadWrite: groupId('12'),
  pricingRead: groupId('13'),
  london: groupId('14'),
  vpnUsers: groupId('15'),
  leadsReadWrite: groupId('16'),
  dealDesk: groupId('17'),
  salesList: groupId('18'),
  londonList: groupId('19'),
  q4DealsList: groupId('20'),
  helpdeskAdmins: groupId('21'),
  fieldSales: groupId('22'),
  warehouseSynced: groupId('23'),
  dublin: groupId('24'),
  austin: groupId('25'),
  engineering: groupId('26'),
  financeReports: groupId('27'),
  operationsList: groupId('28'),
  allSecurity: groupId('29'),
} as const;

export const skus = {
  businessPremium: 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46',
  e3: '05e9a617-0261-4cee-bb44-138d3ef5d965',
  exchangePlan1: '4b9405b0-7788-4568-add1-99614e613b69',
  powerBiPro: 'f8a1db68-be16-40ed-86d5-cb42ce701560',
  flowFree: 'f30db892-07e9-47e9-837c-80727f46fd3d',
} as const;
