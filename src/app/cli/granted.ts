import { z } from 'zod';
import type { ConnectedTenant } from '#app/connect-tenant';
import { Failure, isFailure } from '#domain/failure';

export interface Granted {
  /** As the Entra admin centre calls the application. */
  readonly name: string;
  /** Ids of the app roles (application permissions) that an administrator consented to. */
  readonly appRoleIds: ReadonlySet<string>;
  readonly permissions: ReadonlySet<string>;
  /** Template ids of the directory roles that the application itself holds for the whole directory. */
  readonly roleIds: ReadonlySet<string>;
  readonly readFrom: 'the directory' | 'the token';
}

const graphAppId = '00000003-0000-0000-c000-000000000000';
const exchangeAppId = '00000002-0000-0ff1-ce00-000000000000';

const principal = z.object({ id: z.string(), displayName: z.string().nullish() });
const resource = z.object({
  id: z.string(),
  appRoles: z.array(z.object({ id: z.string(), value: z.string().nullish() })),
});
const assignment = z.object({ appRoleId: z.string(), resourceId: z.string() });
const roleAssignment = z.object({ roleDefinitionId: z.string(), directoryScopeId: z.string().nullish() });

/**
 * What our own application was granted, from the directory (Directory.Read.All). While even that is not granted the claims of our
 * own tokens say it: a first run then lists everything that is missing, and not only the right to look. Throws `Failure`.
 */
export async function readGranted(tenant: ConnectedTenant, clientId: string): Promise<Granted> {
  try {
    return await fromDirectory(tenant, clientId);
  } catch (error) {
    if (!isFailure(error, 'not-permitted')) throw error;
    return fromTokens(tenant, clientId);
  }
}

async function fromDirectory({ graph }: ConnectedTenant, clientId: string): Promise<Granted> {
  const find = <T>(appId: string, select: string, shape: z.ZodType<T>) =>
    graph.list(`/servicePrincipals?$filter=${encodeURIComponent(`appId eq '${appId}'`)}&$select=${select}`, shape);
  const [own, graphApi, exchangeApi] = await Promise.all([
    find(clientId, 'id,displayName', principal),
    find(graphAppId, 'id,appRoles', resource),
    find(exchangeAppId, 'id,appRoles', resource),
  ]);
  const self = own[0];
  if (!self)
    throw new Failure(`the application ${clientId} has no service principal in this tenant`, {
      kind: 'not-found',
      code: 'doctor.no-service-principal',
      missing: 'AZURE_CLIENT_ID to name an application that is registered in this tenant, or consented to in it',
    });
  const [assigned, roles] = await Promise.all([
    graph.list(`/servicePrincipals/${self.id}/appRoleAssignments`, assignment),
    graph.list(
      `/roleManagement/directory/roleAssignments?$filter=${encodeURIComponent(`principalId eq '${self.id}'`)}`,
      roleAssignment,
    ),
  ]);
  const offered = [...graphApi, ...exchangeApi];
  const names = assigned.flatMap(({ appRoleId, resourceId }) =>
    offered
      .filter(({ id }) => id === resourceId)
      .flatMap(({ appRoles }) => appRoles.find(({ id }) => id === appRoleId)?.value ?? []),
  );
  return {
    name: self.displayName ?? clientId,
    appRoleIds: new Set(assigned.map(({ appRoleId }) => appRoleId)),
    permissions: new Set(names),
    roleIds: new Set(
      roles.filter(({ directoryScopeId }) => (directoryScopeId ?? '/') === '/').map((r) => r.roleDefinitionId),
    ),
    readFrom: 'the directory',
  };
}

const claims = z.object({
  app_displayname: z.string().optional(),
  roles: z.array(z.string()).default([]),
  wids: z.array(z.string()).default([]),
});

async function fromTokens({ tokens, origins }: ConnectedTenant, clientId: string): Promise<Granted> {
  const said = await Promise.all(
    [origins.graph, origins.exchange].map(async (origin) => claimsOf(await tokens.token(`${origin}/.default`))),
  );
  return {
    name: said[0]?.app_displayname ?? clientId,
    appRoleIds: new Set(),
    permissions: new Set(said.flatMap(({ roles }) => roles)),
    roleIds: new Set(said.flatMap(({ wids }) => wids)),
    readFrom: 'the token',
  };
}

/** Only looked at to say what is missing; nothing is decided on it. */
function claimsOf(token: string): z.output<typeof claims> {
  try {
    return claims.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')));
  } catch (cause) {
    throw new Failure(
      'our own token could not be read, so that nobody can say what was granted',
      { kind: 'not-permitted', code: 'doctor.unreadable-token', missing: 'Directory.Read.All' },
      { cause },
    );
  }
}
