import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { isLoopbackHost } from '#adapters/teams/service-url';

export interface BotIdentity {
  /** MicrosoftAppId; empty only in sandbox mode on a loopback host. */
  readonly appId?: string;
  /** MicrosoftAppType: SingleTenant, UserAssignedMsi or MultiTenant, in any case. */
  readonly appType?: string;
  readonly appTenantId?: string;
  readonly password?: string;
  readonly certificate?: { readonly thumbprint: string; readonly privateKey: string };
  /** Another issuer of channel tokens than the public cloud's, with its keys: never from settings that a stranger can write. */
  readonly channelTokens?: { readonly issuer: string; readonly openIdMetadataUrl: string };
}

const publicCloudIssuer = 'https://api.botframework.com';
const botScope = 'https://api.botframework.com';
const appTypes = ['SingleTenant', 'UserAssignedMsi', 'MultiTenant'] as const;

export function issuerOf(identity: BotIdentity): string {
  return identity.channelTokens?.issuer ?? publicCloudIssuer;
}

/** Throws with a sentence for the operator when starting like this would leave the bot open or unable to speak. */
export function checkBotIdentity(identity: BotIdentity, where: { sandbox: boolean; host: string }): void {
  if (!identity.appId) {
    if (where.sandbox && isLoopbackHost(where.host)) return;
    throw new Error(
      'MicrosoftAppId is empty, which switches authentication off. That is accepted only in sandbox mode on a loopback host ' +
        `(HOST is ${where.host}). Set MicrosoftAppId, MicrosoftAppType, MicrosoftAppTenantId and MicrosoftAppPassword.`,
    );
  }
  const type = appTypeOf(identity);
  if (type !== 'MultiTenant' && !identity.appTenantId) {
    throw new Error(`MicrosoftAppTenantId is missing; MicrosoftAppType ${type} needs it.`);
  }
  if (type === 'UserAssignedMsi' && identity.password) {
    throw new Error('MicrosoftAppPassword must be empty when MicrosoftAppType is UserAssignedMsi.');
  }
  if (type !== 'UserAssignedMsi' && !identity.password && !identity.certificate) {
    throw new Error(`MicrosoftAppType ${type} needs MicrosoftAppPassword or a certificate.`);
  }
}

export function createAuthentication(identity: BotIdentity): ConfigurationBotFrameworkAuthentication {
  if (!identity.appId) return new ConfigurationBotFrameworkAuthentication({});
  return new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: identity.appId,
    MicrosoftAppType: appTypeOf(identity),
    ...(identity.appTenantId ? { MicrosoftAppTenantId: identity.appTenantId } : {}),
    ...(identity.password ? { MicrosoftAppPassword: identity.password } : {}),
    ...(identity.certificate
      ? {
          CertificateThumbprint: identity.certificate.thumbprint,
          CertificatePrivateKey: identity.certificate.privateKey,
        }
      : {}),
    ...(identity.channelTokens ? parametersFor(identity.channelTokens, identity.appTenantId) : {}),
  });
}

/** The SDK takes any word it does not know for MultiTenant; a typo must not widen who may talk to the bot. */
function appTypeOf(identity: BotIdentity): (typeof appTypes)[number] {
  const typed = (identity.appType ?? 'SingleTenant').trim().toLowerCase();
  const type = appTypes.find((known) => known.toLowerCase() === typed);
  if (!type) throw new Error(`MicrosoftAppType is "${identity.appType}"; it must be one of ${appTypes.join(', ')}.`);
  return type;
}

/** Once one of these is given the SDK expects all of them. */
function parametersFor(tokens: { issuer: string; openIdMetadataUrl: string }, tenantId: string | undefined) {
  return {
    ToBotFromChannelTokenIssuer: tokens.issuer,
    ToBotFromChannelOpenIdMetadataUrl: tokens.openIdMetadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: tokens.openIdMetadataUrl,
    ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${tenantId ?? 'botframework.com'}`,
    ToChannelFromBotOAuthScope: botScope,
    OAuthUrl: botScope,
    CallerId: '',
  };
}
