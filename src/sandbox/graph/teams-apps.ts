import { latchkeyAppId, latchkeyTeamsAppId, tenantId } from '#sandbox/firm/ids';
import { userSeen, userTrue } from '#sandbox/graph/user-resource';
import { type Answer, badRequest, ok, Refusal } from '#sandbox/http/answers';
import { allowQuery, bodyObject, param, type RoutedCall } from '#sandbox/http/call';
import type { Route } from '#sandbox/http/router';
import { narrow } from '#sandbox/query/directory-query';
import { entity, page } from '#sandbox/query/paging';
import { type JsonObject, type User, withUser } from '#sandbox/tenant/world';

const catalogue: readonly JsonObject[] = [
  { id: latchkeyTeamsAppId, externalId: latchkeyAppId, displayName: 'Latchkey', distributionMethod: 'organization' },
];

function listCatalogue(call: RoutedCall): Answer {
  allowQuery(call, '$filter');
  const found = narrow(call, catalogue, ['id', 'externalId', 'displayName', 'distributionMethod'], 'teamsApp');
  return ok(page(call, 'appCatalogs/teamsApps', found));
}

const installationId = (user: User, appId: string): string => Buffer.from(`${user.id}##${appId}`).toString('base64url');

function installations(call: RoutedCall, user: User): readonly JsonObject[] {
  const expand = call.query.get('$expand') ?? '';
  return user.installedTeamsApps.map((appId) => {
    const app = catalogue.find((candidate) => candidate['id'] === appId);
    const full = app !== undefined && expand.includes('teamsApp') ? { teamsApp: app } : {};
    return { id: installationId(user, appId), ...full };
  });
}

/** `$filter=teamsApp/externalId eq '…'` needs `$expand=teamsApp`. */
function listInstalled(call: RoutedCall): Answer {
  allowQuery(call, '$expand', '$filter');
  const user = userSeen(call);
  const found = narrow(call, installations(call, user), ['teamsApp', 'id'], 'teamsAppInstallation');
  return ok(page(call, `users('${user.id}')/teamwork/installedApps`, found));
}

function install(call: RoutedCall): Answer {
  const user = userTrue(call);
  const bind = bodyObject(call)['teamsApp@odata.bind'];
  if (typeof bind !== 'string') throw badRequest("'teamsApp@odata.bind' is missing.");
  const appId = bind.split('/').at(-1)?.toLowerCase() ?? '';
  if (!catalogue.some((app) => app['id'] === appId)) {
    throw new Refusal(404, 'NotFound', 'The app was not found in the app catalogue.');
  }
  if (user.installedTeamsApps.includes(appId)) {
    throw new Refusal(409, 'Conflict', 'The app is already installed in the scope of the user.');
  }
  const installed = { ...user, installedTeamsApps: [...user.installedTeamsApps, appId] };
  call.tenant.write(withUser(call.tenant.truth(), installed));
  return {
    status: 201,
    headers: { location: `users('${user.id}')/teamwork/installedApps/${installationId(user, appId)}` },
  };
}

/** The 1:1 chat between the person and the app's bot. */
function chat(call: RoutedCall): Answer {
  const user = userSeen(call);
  const appId = user.installedTeamsApps.find((id) => installationId(user, id) === param(call, 'installation'));
  if (appId === undefined) throw new Refusal(404, 'NotFound', 'The installation was not found.');
  const body = { id: `19:${user.id}_${latchkeyAppId}@unq.gbl.spaces`, chatType: 'oneOnOne', tenantId };
  return ok(entity(call, 'chats/$entity', body));
}

export const teamsAppRoutes: readonly Route[] = [
  ['GET /appCatalogs/teamsApps', listCatalogue],
  ['GET /users/:user/teamwork/installedApps', listInstalled],
  ['POST /users/:user/teamwork/installedApps', install],
  ['GET /users/:user/teamwork/installedApps/:installation/chat', chat],
];
