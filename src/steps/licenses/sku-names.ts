/**
 * What people call the SKUs that firms have most often.
 * https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference
 */
const names: Readonly<Record<string, string>> = {
  O365_BUSINESS_ESSENTIALS: 'Microsoft 365 Business Basic',
  O365_BUSINESS_PREMIUM: 'Microsoft 365 Business Standard',
  SPB: 'Microsoft 365 Business Premium',
  SPE_E3: 'Microsoft 365 E3',
  SPE_E5: 'Microsoft 365 E5',
  SPE_F1: 'Microsoft 365 F3',
  STANDARDPACK: 'Office 365 E1',
  ENTERPRISEPACK: 'Office 365 E3',
  ENTERPRISEPREMIUM: 'Office 365 E5',
  EXCHANGESTANDARD: 'Exchange Online Plan 1',
  EXCHANGEENTERPRISE: 'Exchange Online Plan 2',
  EMS: 'Enterprise Mobility + Security E3',
  EMSPREMIUM: 'Enterprise Mobility + Security E5',
  AAD_PREMIUM: 'Entra ID P1',
  AAD_PREMIUM_P2: 'Entra ID P2',
  INTUNE_A: 'Intune Plan 1',
  POWER_BI_PRO: 'Power BI Pro',
  POWER_BI_STANDARD: 'Power BI Free',
  FLOW_FREE: 'Power Automate Free',
  VISIOCLIENT: 'Visio Plan 2',
  PROJECTPROFESSIONAL: 'Project Plan 3',
  TEAMS_EXPLORATORY: 'Teams Exploratory',
};

/** `SPB` -> "Microsoft 365 Business Premium"; a SKU that is not in the table is named by its part number, made readable. */
export function skuName(skuPartNumber: string): string {
  return names[skuPartNumber] ?? skuPartNumber.replaceAll('_', ' ');
}
