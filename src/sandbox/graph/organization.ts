import { firmName, initialDomain, tenantId } from '#sandbox/firm/ids';
import { sites } from '#sandbox/firm/sites';
import { type Answer, ok, resourceNotFound } from '#sandbox/http/answers';
import { allowQuery, param, type RoutedCall } from '#sandbox/http/call';
import type { Route } from '#sandbox/http/router';
import { entity, page } from '#sandbox/query/paging';
import { checkNames, listOption, pick } from '#sandbox/query/select';
import type { JsonObject } from '#sandbox/tenant/world';

const domainNames = [...Object.values(sites).map((site) => site.domain), initialDomain];

const capabilities = 'Email, OfficeCommunicationsOnline';

const organization: JsonObject = {
  id: tenantId,
  deletedDateTime: null,
  businessPhones: ['+44 2079460100'],
  city: 'London',
  country: 'United Kingdom',
  countryLetterCode: 'GB',
  createdDateTime: '2021-01-04T09:00:00Z',
  displayName: firmName,
  onPremisesSyncEnabled: true,
  onPremisesLastSyncDateTime: '2025-01-06T09:00:00Z',
  postalCode: 'SE1 0AA',
  preferredLanguage: 'en',
  state: null,
  street: '1 Harbour Walk',
  technicalNotificationMails: [`it@${sites.London.domain}`],
  tenantType: 'AAD',
  verifiedDomains: domainNames.map((name) => ({
    capabilities,
    isDefault: name === sites.London.domain,
    isInitial: name === initialDomain,
    name,
    type: 'Managed',
  })),
};

const domains: readonly JsonObject[] = domainNames.map((id) => ({
  id,
  authenticationType: 'Managed',
  availabilityStatus: null,
  isAdminManaged: true,
  isDefault: id === sites.London.domain,
  isInitial: id === initialDomain,
  isRoot: !id.startsWith('dublin.') && !id.startsWith('austin.'),
  isVerified: true,
  passwordNotificationWindowInDays: 14,
  passwordValidityPeriodInDays: 2_147_483_647,
  supportedServices: ['Email', 'OfficeCommunicationsOnline'],
}));

function trimmed(call: RoutedCall, full: JsonObject, type: string): JsonObject {
  allowQuery(call, '$select', '$top');
  const selected = listOption(call.query, '$select');
  checkNames(selected ?? [], Object.keys(full), type);
  return selected === undefined ? full : pick(full, selected);
}

function getOrganization(call: RoutedCall): Answer {
  if (param(call, 'id').toLowerCase() !== tenantId) throw resourceNotFound(param(call, 'id'));
  return ok(entity(call, 'organization/$entity', trimmed(call, organization, 'organization')));
}

export const organizationRoutes: readonly Route[] = [
  ['GET /organization', (call) => ok(page(call, 'organization', [trimmed(call, organization, 'organization')]))],
  ['GET /organization/:id', getOrganization],
  [
    'GET /domains',
    (call) =>
      ok(
        page(
          call,
          'domains',
          domains.map((full) => trimmed(call, full, 'domain')),
        ),
      ),
  ],
];
