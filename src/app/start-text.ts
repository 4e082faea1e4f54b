import type { Config } from '#app/config';
import type { RunningHttp } from '#app/http';
import type { RunningPlaygrounds } from '#app/playgrounds';
import { type Instant, plusMs } from '#domain/instant';
import type { Policy } from '#domain/policy';
import type { Calendar } from '#engine/ports/calendar';

export interface Started {
  readonly config: Config;
  readonly http: RunningHttp;
  readonly screens: RunningPlaygrounds['screens'];
  readonly now: Instant;
  readonly calendar: Calendar;
  readonly policy: Policy;
  /** The policy file differs from the rules in force, and nobody has signed it yet. */
  readonly policyWaits: boolean;
}

const does: Readonly<Record<string, string>> = {
  hr: 'starts the case',
  manager: 'decides on the hand-over',
  it: 'works exceptions, in the channel of the team IT',
};

/** Long enough to submit and decide before it happens, short enough to watch it happen. */
const demoLeadMs = 3 * 60_000;

/** What a newcomer reads once everything answers. */
export function startText({ config, http, screens, now, calendar, policy, policyWaits }: Started): string {
  const lines = ['', `Latchkey is ready (${config.mode}) on ${http.url}`, ''];
  if (policyWaits) lines.push(...unsigned(config), '');
  if (screens.length === 0) return [...lines, ''].join('\n');
  const site = policy.sites.find(({ name }) => name === policy.defaultSite);
  const local = calendar.toLocal(plusMs(now, demoLeadMs), site?.zone ?? 'utc');
  const width = Math.max(...screens.map(({ name }) => name.length));
  lines.push('Open:');
  for (const { seat, name, url } of screens) lines.push(`  ${url}   ${name.padEnd(width)}   ${does[seat] ?? ''}`);
  lines.push('', 'As HR, type:', `  leaver alex.morgan@northwind.example on ${local.date} ${local.time}`, '');
  lines.push(
    'Submit the form, decide as the manager, and watch the card fill in when the time comes (about three minutes from now).',
    'Stop with Ctrl+C.',
    '',
  );
  return lines.join('\n');
}

function unsigned({ mode, policyFile }: Config): readonly string[] {
  return [
    `The rules in force stay: ${policyFile} differs from them, and that has to be signed in Teams (type policy).`,
    mode === 'sandbox'
      ? 'In the simulated firm Sam Okoro, of IT leadership, may sign. Or delete data/ and start again: the first start takes the file as it is.'
      : 'An approver or somebody of IT leadership signs; latchkey policy diff lists what differs.',
  ];
}
