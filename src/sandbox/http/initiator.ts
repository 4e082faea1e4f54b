import { latchkeyAppId, latchkeyServicePrincipalId, people } from '#sandbox/firm/ids';
import type { Initiator } from '#sandbox/tenant/audit-log';
import type { Tenant } from '#sandbox/tenant/tenant';
import { type Json, textOf } from '#sandbox/tenant/world';

/**
 * Whom the bearer token of a request stands for. A token that the sandbox gave out is an application's; any other text that is the
 * object id of a user is that person; `administrator` is the head of IT.
 */
export function initiatorOf(tenant: Tenant, headers: Readonly<Record<string, string>>): Initiator {
  const token = /^bearer\s+(\S+)/i.exec(headers['authorization'] ?? '')?.[1] ?? '';
  const user = tenant.truth().users[token === 'administrator' ? people.priyaShah : token.toLowerCase()];
  if (user) {
    const { id } = user;
    return {
      user: { id, displayName: textOf(user, 'displayName'), userPrincipalName: textOf(user, 'userPrincipalName') },
    };
  }
  const appId = appIdIn(token);
  if (appId === undefined || appId === latchkeyAppId)
    return { app: { appId: latchkeyAppId, displayName: 'Latchkey', servicePrincipalId: latchkeyServicePrincipalId } };
  return { app: { appId, displayName: `Application ${appId}`, servicePrincipalId: appId } };
}

function appIdIn(token: string): string | undefined {
  const [, claims] = token.split('.');
  if (claims === undefined) return undefined;
  try {
    const parsed: Json = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
    const appId = typeof parsed === 'object' && parsed !== null && 'appid' in parsed ? parsed['appid'] : undefined;
    return typeof appId === 'string' ? appId : undefined;
  } catch (error) {
    // Any bearer token is taken, also one that only looks like a real one.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The tenant as one caller changes it: the audit log names them. */
export function actingAs(tenant: Tenant, by: Initiator): Tenant {
  return { ...tenant, write: (world, as = by) => tenant.write(world, as) };
}
