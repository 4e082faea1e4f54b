import type { InboundActivity } from '#adapters/teams/inbound-activity';
import { entraId } from '#adapters/teams/inbound-activity';
import { tenantsOf } from '#adapters/teams/place';
import type { ServiceUrlRule } from '#adapters/teams/service-url';
import { isAllowedServiceUrl } from '#adapters/teams/service-url';
import type { TenantId, UserId } from '#domain/ids';

export interface GateRule extends ServiceUrlRule {
  readonly tenantId: TenantId;
}

export type GateResult =
  | { readonly ok: true; readonly userId?: UserId }
  | { readonly ok: false; readonly code: string; readonly message: string };

/**
 * What a valid token does not prove. It says that the channel sent this to this bot; whose tenant it is, which channel, and where the
 * answer would go are checked here. The person is Entra's object id and nothing else in the activity.
 */
export function passGates(activity: InboundActivity, rule: GateRule): GateResult {
  if (activity.channelId !== 'msteams') {
    return { ok: false, code: 'wrong-channel', message: 'This bot answers in Microsoft Teams only.' };
  }
  if (!isAllowedServiceUrl(activity.serviceUrl, rule)) {
    return { ok: false, code: 'wrong-service-url', message: 'This bot does not send to that address.' };
  }
  const tenants = tenantsOf(activity);
  if (tenants.length === 0 || tenants.some((tenant) => tenant !== rule.tenantId)) {
    return { ok: false, code: 'wrong-tenant', message: 'This bot does not serve your organisation.' };
  }
  const userId = entraId(activity.from.aadObjectId);
  if (userId !== undefined) return { ok: true, userId };
  // Teams sends installations of a team in the name of the team, not of a person: they act on nobody's authority.
  if (activity.type === 'installationUpdate' || activity.type === 'conversationUpdate') return { ok: true };
  return { ok: false, code: 'unknown-person', message: 'Teams did not say who you are, so nothing was done.' };
}
