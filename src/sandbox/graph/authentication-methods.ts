import { methodIds } from '#sandbox/firm/sign-in-methods';
import { userSeen, userTrue } from '#sandbox/graph/user-resource';
import { type Answer, noContent, ok, Refusal } from '#sandbox/http/answers';
import { allowQuery, param, type RoutedCall } from '#sandbox/http/call';
import type { Route } from '#sandbox/http/router';
import { entity, page } from '#sandbox/query/paging';
import { type AuthenticationMethod, type JsonObject, type User, withUser } from '#sandbox/tenant/world';

/** Which methods each segment holds. The generic `/authentication/methods/{id}` takes no DELETE. */
const segments: readonly (readonly [segment: string, type: string])[] = [
  ['emailMethods', 'emailAuthenticationMethod'],
  ['externalAuthenticationMethods', 'externalAuthenticationMethod'],
  ['fido2Methods', 'fido2AuthenticationMethod'],
  ['microsoftAuthenticatorMethods', 'microsoftAuthenticatorAuthenticationMethod'],
  ['passwordMethods', 'passwordAuthenticationMethod'],
  ['phoneMethods', 'phoneAuthenticationMethod'],
  ['platformCredentialMethods', 'platformCredentialAuthenticationMethod'],
  ['softwareOathMethods', 'softwareOathAuthenticationMethod'],
  ['temporaryAccessPassMethods', 'temporaryAccessPassAuthenticationMethod'],
  ['windowsHelloForBusinessMethods', 'windowsHelloForBusinessAuthenticationMethod'],
];

const shown = (method: AuthenticationMethod): JsonObject => ({ id: method.id, ...method.properties });

const refused = (message: string): Refusal => new Refusal(400, 'badRequest', message);

const notFound = (): Refusal =>
  new Refusal(404, 'resourceNotFound', 'The requested authentication method was not found.');

function listAll(call: RoutedCall): Answer {
  allowQuery(call);
  const user = userSeen(call);
  const value = user.methods.map((method) => ({ '@odata.type': `#microsoft.graph.${method.type}`, ...shown(method) }));
  return ok(page(call, `users('${user.id}')/authentication/methods`, value));
}

const listOf =
  (segment: string, type: string) =>
  (call: RoutedCall): Answer => {
    allowQuery(call);
    const user = userSeen(call);
    const found = user.methods.filter((method) => method.type === type);
    return ok(page(call, `users('${user.id}')/authentication/${segment}`, found.map(shown)));
  };

const getOne =
  (segment: string, type: string) =>
  (call: RoutedCall): Answer => {
    allowQuery(call);
    const user = userSeen(call);
    const method = user.methods.find((candidate) => candidate.type === type && candidate.id === param(call, 'method'));
    if (method === undefined) throw notFound();
    return ok(entity(call, `users('${user.id}')/authentication/${segment}/$entity`, shown(method)));
  };

/** The order that Entra insists on: the default method last, an alternate mobile number before the mobile one. */
function checkOrder(user: User, method: AuthenticationMethod): void {
  const others = user.methods.filter((other) => other !== method && other.type !== 'passwordAuthenticationMethod');
  if (method.id === user.defaultMethodId && others.length > 0) {
    throw refused(
      `The requested authentication method id of [${method.id}] matches the user's current default authentication method, and cannot be deleted until the default authentication method is changed.`,
    );
  }
  const alternateLeft = others.some((other) => other.id === methodIds.alternateMobile);
  if (method.id === methodIds.mobile && alternateLeft) {
    throw refused("A user can't have an alternateMobile number without a mobile number.");
  }
}

const remove =
  (type: string) =>
  (call: RoutedCall): Answer => {
    const user = userTrue(call);
    const method = user.methods.find((candidate) => candidate.type === type && candidate.id === param(call, 'method'));
    if (method === undefined) throw notFound();
    checkOrder(user, method);
    const methods = user.methods.filter((other) => other !== method);
    const defaultMethodId = method.id === user.defaultMethodId ? null : user.defaultMethodId;
    call.tenant.write(withUser(call.tenant.truth(), { ...user, methods, defaultMethodId }));
    return noContent;
  };

export const authenticationMethodRoutes: readonly Route[] = [
  ['GET /users/:user/authentication/methods', listAll],
  ...segments.flatMap(([segment, type]): Route[] => [
    [`GET /users/:user/authentication/${segment}`, listOf(segment, type)],
    [`GET /users/:user/authentication/${segment}/:method`, getOne(segment, type)],
  ]),
  ...segments
    .filter(([segment]) => segment !== 'passwordMethods')
    .map(([segment, type]): Route => [`DELETE /users/:user/authentication/${segment}/:method`, remove(type)]),
];
