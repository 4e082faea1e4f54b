import { isFailure } from '#domain/failure';
import type { UserId } from '#domain/ids';
import { type Instant, isAtOrAfter, toInstant } from '#domain/instant';
import type { PassedOver } from '#domain/part';
import type { PersonView } from '#domain/subject';
import { readManager, readPerson } from '#engine/directory';
import type { Engine } from '#engine/engine';
import type { Shape } from '#engine/ports/graph';

/** Least application permissions of what this file reads, beside those of the directory. */
export const availabilityPermissions = ['MailboxSettings.Read'] as const;

/** Decisions are nothing that closing access may wait for: whoever cannot be looked at in this time counts as there. */
const patienceMs = 5_000;

/** Away: until when, where their mailbox says so; `undefined`: until they say otherwise. */
interface Away {
  readonly until: Instant | undefined;
}

/**
 * Why somebody cannot be expected to decide by `dueAt`, as Entra and their mailbox say now; `undefined`: they can. A mailbox that
 * cannot be read speaks for nobody's absence.
 */
export async function absenceOf(
  engine: Engine,
  userId: UserId,
  dueAt: Instant,
): Promise<PassedOver['why'] | undefined> {
  const reading = Promise.all([personNow(engine, userId), awayNow(engine, userId)]);
  const read = await inTime(engine, reading);
  if (!read) return undefined;
  const [person, away] = read;
  if (person === 'gone' || person === 'disabled') return person;
  return away && (away.until === undefined || isAtOrAfter(away.until, dueAt)) ? 'out-of-office' : undefined;
}

/** A person's manager as Entra has it now; `undefined`: none, or nobody can tell. */
export async function managerNow(engine: Engine, userId: UserId): Promise<PersonView | undefined> {
  return inTime(engine, orNothing(engine, `reading the manager of ${userId}`, readManager(engine.graph, userId)));
}

/** `undefined`: there is nobody by that id, or nobody can tell. */
export async function knownPerson(engine: Engine, userId: UserId): Promise<PersonView | undefined> {
  return inTime(engine, orNothing(engine, `reading ${userId}`, readPerson(engine.graph, userId)));
}

async function personNow(engine: Engine, userId: UserId): Promise<'gone' | 'disabled' | 'there'> {
  try {
    const person = await readPerson(engine.graph, userId);
    if (!person) return 'gone';
    return person.accountEnabled === false ? 'disabled' : 'there';
  } catch (error) {
    engine.report(`reading whether ${userId} can decide`, error);
    return 'there';
  }
}

async function awayNow(engine: Engine, userId: UserId): Promise<Away | undefined> {
  const now = engine.clock.tenantNow();
  const path = `/users/${userId}/mailboxSettings/automaticRepliesSetting`;
  try {
    const { status, from, to } = await engine.graph.get(path, automaticReplies);
    if (status === 'alwaysEnabled') return { until: undefined };
    if (status !== 'scheduled' || from === undefined || to === undefined) return undefined;
    return isAtOrAfter(now, from) && !isAtOrAfter(now, to) ? { until: to } : undefined;
  } catch (error) {
    // Without a mailbox there is nothing to be read; what else went wrong is for an engineer.
    if (!isFailure(error, 'not-found')) engine.report(`reading whether ${userId} is out of office`, error);
    return undefined;
  }
}

/** https://learn.microsoft.com/graph/api/user-get-mailboxsettings; without a Prefer header its times are in UTC. */
const automaticReplies: Shape<{ readonly status: string; readonly from?: Instant; readonly to?: Instant }> = {
  parse(value) {
    const status = field(value, 'status');
    if (typeof status !== 'string') throw new TypeError('automatic replies have a status');
    const from = momentOf(field(value, 'scheduledStartDateTime'));
    const to = momentOf(field(value, 'scheduledEndDateTime'));
    return { status, ...(from ? { from } : {}), ...(to ? { to } : {}) };
  },
};

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** `2026-11-20T17:00:00.0000000`, seven digits behind the seconds and no zone. */
function momentOf(value: unknown): Instant | undefined {
  const read = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?/.exec(String(field(value, 'dateTime') ?? ''));
  const ms = read ? Date.parse(`${read[0]}Z`) : Number.NaN;
  return Number.isNaN(ms) ? undefined : toInstant(ms);
}

async function orNothing<T>(engine: Engine, what: string, reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    engine.report(what, error);
    return undefined;
  }
}

async function inTime<T>(engine: Engine, reading: Promise<T>): Promise<T | undefined> {
  const done = new AbortController();
  try {
    return await Promise.race([reading, engine.clock.wait(patienceMs, done.signal).then(() => undefined)]);
  } finally {
    done.abort();
  }
}
