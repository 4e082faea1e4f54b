import { DateTime } from 'luxon';
import { tenantId } from '#sandbox/firm/ids';
import { ports } from './product.js';

const origin = `http://127.0.0.1:${ports.tenant}`;

async function send(path: string, body: object, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the simulated tenant answered ${path} with ${response.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** A moment as people type it in a command, and as the tenant's clock takes it. */
export interface Moment {
  readonly typed: string;
  readonly iso: string;
}

/** A whole minute so many minutes ahead of the tenant's clock, in the zone of the London site. */
export async function londonIn(minutes: number): Promise<Moment> {
  const response = await fetch(`${origin}/_sandbox/clock`);
  const { now } = (await response.json()) as { readonly now: string };
  const at = DateTime.fromISO(now, { zone: 'Europe/London' }).plus({ minutes }).startOf('minute');
  return { typed: at.toFormat('yyyy-MM-dd HH:mm'), iso: at.toUTC().toISO() ?? '' };
}

/** The moment that a typed line ends with. */
export function londonTyped(line: string): Moment {
  const typed = line.slice(-16);
  const at = DateTime.fromFormat(typed, 'yyyy-MM-dd HH:mm', { zone: 'Europe/London' });
  if (!at.isValid) throw new Error(`no date and time at the end of "${line}"`);
  return { typed, iso: at.toUTC().toISO() };
}

/** Puts the tenant's clock to that moment; it goes on from there, and the bot follows within a second. */
export async function comeTo(moment: Moment): Promise<void> {
  await send('/_sandbox/clock', { now: moment.iso });
}

/** From now on Exchange refuses to change a mailbox. */
export async function refuseMailboxChanges(): Promise<void> {
  const fault = {
    path: '/InvokeCommand$/',
    cmdlet: 'Set-Mailbox',
    status: 400,
    code: 'BadRequest',
    message: 'The mailbox is being moved to another database. Try again when the move has completed.',
    count: null,
  };
  await send('/_sandbox/dials', { faults: [fault] });
}

export async function liftFaults(): Promise<void> {
  await send('/_sandbox/dials', { faults: [] });
}

/** What somebody in IT does in the Exchange admin centre. */
export async function convertByHand(userPrincipalName: string): Promise<void> {
  await send(
    `/adminapi/beta/${tenantId}/InvokeCommand`,
    { CmdletInput: { CmdletName: 'Set-Mailbox', Parameters: { Identity: userPrincipalName, Type: 'Shared' } } },
    { authorization: 'Bearer somebody-in-it', 'x-anchormailbox': `UPN:${userPrincipalName}` },
  );
}
