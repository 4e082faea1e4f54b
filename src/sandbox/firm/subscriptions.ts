import { skus } from '#sandbox/firm/ids';
import type { Sku } from '#sandbox/tenant/world';

/** Service plans that carry a mailbox. */
export const exchangePlans: readonly string[] = [
  '9aaf7827-d63c-4b61-89c3-182f06f82e5c',
  'efb87545-963c-4e0d-99df-69c6916d9eb0',
];

const plans = {
  exchangeStandard: { id: '9aaf7827-d63c-4b61-89c3-182f06f82e5c', name: 'EXCHANGE_S_STANDARD', service: 'exchange' },
  exchangeEnterprise: {
    id: 'efb87545-963c-4e0d-99df-69c6916d9eb0',
    name: 'EXCHANGE_S_ENTERPRISE',
    service: 'exchange',
  },
  exchangeFoundation: {
    id: '113feb6c-3fe4-4440-bddc-54d774bf0318',
    name: 'EXCHANGE_S_FOUNDATION',
    service: 'exchange',
  },
  sharePointStandard: { id: 'c7699d2e-19aa-44de-8edf-1736da088ca1', name: 'SHAREPOINTSTANDARD', service: 'SharePoint' },
  sharePointEnterprise: {
    id: '5dbe027f-2339-4123-9542-606e4d348a72',
    name: 'SHAREPOINTENTERPRISE',
    service: 'SharePoint',
  },
  teams: { id: '57ff2da0-773e-42df-b2af-ffb7a2317929', name: 'TEAMS1', service: 'TeamspaceAPI' },
  intune: { id: 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5', name: 'INTUNE_A', service: 'SCO' },
  entraP1: { id: '41781fb2-bc02-4b7c-bd55-b576c07bb09d', name: 'AAD_PREMIUM', service: 'AADPremiumService' },
  powerBi: { id: '70d33638-9c74-4d01-bfd3-562de28bd4ba', name: 'BI_AZURE_P2', service: 'PowerBI' },
  flow: { id: '50e68c76-46c6-4674-81f9-75456511b170', name: 'FLOW_P2_VIRAL', service: 'ProcessSimple' },
} as const;

/** What the firm has bought. Seats are few on purpose: Power BI Pro has one left. */
export const subscriptions: readonly Sku[] = [
  {
    skuId: skus.businessPremium,
    skuPartNumber: 'SPB',
    enabled: 30,
    plans: [plans.exchangeStandard, plans.sharePointStandard, plans.teams, plans.intune, plans.entraP1],
  },
  {
    skuId: skus.e3,
    skuPartNumber: 'SPE_E3',
    enabled: 15,
    plans: [plans.exchangeEnterprise, plans.sharePointEnterprise, plans.teams, plans.intune, plans.entraP1],
  },
  { skuId: skus.exchangePlan1, skuPartNumber: 'EXCHANGESTANDARD', enabled: 3, plans: [plans.exchangeStandard] },
  { skuId: skus.powerBiPro, skuPartNumber: 'POWER_BI_PRO', enabled: 2, plans: [plans.powerBi] },
  { skuId: skus.flowFree, skuPartNumber: 'FLOW_FREE', enabled: 10_000, plans: [plans.flow, plans.exchangeFoundation] },
];
