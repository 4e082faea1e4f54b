import { createHash } from 'node:crypto';
import { ZodError } from 'zod';
import { canonical, digestOf, stateOf } from '#sandbox/control/true-state';
import { dialsSchema } from '#sandbox/dials';
import { type Answer, noContent, ok, Refusal } from '#sandbox/http/answers';
import { bodyObject, isObject, param, type RoutedCall } from '#sandbox/http/call';
import type { RequestLog } from '#sandbox/http/request-log';
import type { Route } from '#sandbox/http/router';
import { directorySync } from '#sandbox/tenant/audit-log';
import { type Json, type JsonObject, withGroup, withUser } from '#sandbox/tenant/world';

/** Plain data as JSON: what is typed more narrowly than JsonObject, without its undefined fields. */
const asJson = (value: object): Json => JSON.parse(JSON.stringify(value));

function instant(value: Json | undefined): Date | undefined {
  if (value === undefined) return undefined;
  const date = new Date(String(value));
  if (Number.isNaN(date.getTime())) throw new Refusal(400, 'BadRequest', `'${String(value)}' is no ISO date-time.`);
  return date;
}

function clockAnswer(call: RoutedCall): Answer {
  const { clock } = call.tenant;
  return ok({ now: clock.now().toISOString(), offsetMs: clock.offsetMs() });
}

/** `{"now": "2026-11-20T17:00:00Z"}` or `{"advance": 3600000}`. */
function turnClock(call: RoutedCall): Answer {
  const { now, advance } = bodyObject(call);
  const at = instant(now);
  if (at !== undefined) call.tenant.clock.set(at);
  else if (typeof advance === 'number') call.tenant.clock.advance(advance);
  else throw new Refusal(400, 'BadRequest', 'Either "now" (ISO) or "advance" (milliseconds) is needed.');
  return clockAnswer(call);
}

/** Loads the firm afresh, dials and date as at the start; `{"now"}` sets another date. */
function reset(call: RoutedCall): Answer {
  call.tenant.reload(instant(bodyObject(call)['now']));
  return clockAnswer(call);
}

function turnDials(call: RoutedCall): Answer {
  try {
    const settings = dialsSchema.partial().parse(bodyObject(call));
    const named = Object.fromEntries(Object.entries(settings).filter(([name]) => name in bodyObject(call)));
    return ok(asJson(call.tenant.turn(named)));
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    throw new Refusal(
      400,
      'BadRequest',
      error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
    );
  }
}

function digest(call: RoutedCall): Answer {
  const state = digestOf(call.tenant.truth());
  const sha256 = createHash('sha256').update(canonical(state)).digest('hex');
  return ok({ sha256, state });
}

/**
 * What an administrator does in Active Directory, and the sync that brings it: `{"accountEnabled": false,
 * "leaveGroups": ["<group id>"]}`, for synced accounts and synced groups only.
 */
function changeActiveDirectory(call: RoutedCall): Answer {
  const { tenant } = call;
  const body = bodyObject(call);
  const world = tenant.truth();
  const user = world.users[param(call, 'user').toLowerCase()];
  if (user === undefined || user.activeDirectoryEnabled === null) {
    throw new Refusal(400, 'BadRequest', `'${param(call, 'user')}' is no account of Active Directory.`);
  }
  const leave = Array.isArray(body['leaveGroups']) ? body['leaveGroups'].map(String) : [];
  const accountEnabled =
    typeof body['accountEnabled'] === 'boolean' ? body['accountEnabled'] : user.activeDirectoryEnabled;
  const synced = { accountEnabled, onPremisesLastSyncDateTime: tenant.timestamp() };
  let next = withUser(world, {
    ...user,
    activeDirectoryEnabled: accountEnabled,
    properties: { ...user.properties, ...synced },
  });
  for (const group of leave.flatMap((id) => world.groups[id] ?? [])) {
    if (group.properties['onPremisesSyncEnabled'] !== true) {
      throw new Refusal(400, 'BadRequest', `'${group.id}' is no group of Active Directory.`);
    }
    next = withGroup(next, { ...group, memberIds: group.memberIds.filter((id) => id !== user.id) });
  }
  tenant.write(next, directorySync);
  return noContent;
}

/** Whether the account could: a token of before may be good for an hour. */
function signIn(call: RoutedCall): Answer {
  const { tenant } = call;
  const world = tenant.truth();
  const user = world.users[param(call, 'user').toLowerCase()];
  if (user === undefined) throw new Refusal(400, 'BadRequest', `'${param(call, 'user')}' is no user.`);
  const at = (instant(bodyObject(call)['at']) ?? tenant.clock.now()).toISOString();
  const requestId = createHash('sha256').update(`${user.id} ${at}`).digest('hex').slice(0, 32);
  const earlier = user.properties['signInActivity'];
  const signInActivity = {
    ...(isObject(earlier)
      ? earlier
      : { lastNonInteractiveSignInDateTime: null, lastNonInteractiveSignInRequestId: '' }),
    lastSignInDateTime: at,
    lastSignInRequestId: requestId,
    lastSuccessfulSignInDateTime: at,
    lastSuccessfulSignInRequestId: requestId,
  };
  tenant.write(withUser(world, { ...user, properties: { ...user.properties, signInActivity } }));
  return noContent;
}

/**
 * The controls under `/_sandbox`, which nothing but tests and people at a keyboard use:
 *
 *   POST reset {"now"?}                the firm afresh
 *   GET|POST dials, GET|POST clock     see `dials.ts` and `turnClock`
 *   GET|DELETE log                     every request: time, method, url, status, dropped, ids, cmdlet
 *   GET unsupported                    what was asked for and is not served
 *   GET state/<user id>                one user as they truly are, without lag
 *   GET digest                         {"sha256", "state"} of the whole true state, times left out
 *   POST active-directory/<user id>    what is done on premises to a synced account
 *   POST sign-in/<user id>             they sign in now, or at {"at"}; allowed or not
 *
 * What a person does in an admin centre is a request to Graph whose bearer token is that person's object id: the audit log names them.
 */
export function controlRoutes(log: RequestLog): readonly Route[] {
  const entries = (): Json => asJson(log.entries());
  return [
    [
      'POST /_sandbox/reset',
      (call) => {
        log.clear();
        return reset(call);
      },
    ],
    ['GET /_sandbox/dials', (call) => ok(asJson(call.tenant.dials()))],
    ['POST /_sandbox/dials', turnDials],
    ['GET /_sandbox/log', () => ok(entries())],
    [
      'DELETE /_sandbox/log',
      () => {
        log.clear();
        return noContent;
      },
    ],
    ['GET /_sandbox/unsupported', () => ok([...log.unsupported()])],
    ['GET /_sandbox/clock', clockAnswer],
    ['POST /_sandbox/clock', turnClock],
    [
      'GET /_sandbox/state/:user',
      (call) => {
        const state: JsonObject = stateOf(call.tenant.truth(), param(call, 'user').toLowerCase());
        return ok(state);
      },
    ],
    ['GET /_sandbox/digest', digest],
    ['POST /_sandbox/active-directory/:user', changeActiveDirectory],
    ['POST /_sandbox/sign-in/:user', signIn],
  ];
}
