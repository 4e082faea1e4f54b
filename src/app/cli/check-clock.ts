import { type Finding, missing, ok } from '#app/cli/finding';
import type { OpenTenant } from '#app/cli/open-tenant';

/** Beyond this Latchkey goes by the tenant's time, and whatever else runs on the machine goes wrong. */
const toleranceMs = 120_000;

/** Whether this machine's clock agrees with the tenant's, which every answer of Graph tells. A simulated tenant has a date of its own. */
export async function checkClock({
  serverClock,
  probe,
}: Pick<OpenTenant, 'serverClock' | 'probe'>): Promise<readonly Finding[]> {
  if (!serverClock) return [];
  // What differs from this machine's clock is believed only when it was said twice.
  for (let asked = 0; asked < 2 && serverClock.differenceMs() === undefined; asked += 1) await probe();
  const ms = serverClock.differenceMs();
  if (ms === undefined) return [missing('Clock: the tenant does not say what time it is (no Date in its answers).')];
  if (Math.abs(ms) <= toleranceMs) return [ok("Clock: this machine's agrees with the tenant's")];
  const minutes = Math.round(Math.abs(ms) / 60_000);
  return [
    missing(
      `Clock: this machine's is ${minutes} minutes ${ms > 0 ? 'ahead of' : 'behind'} the tenant's. Latchkey goes by the tenant's time, but tokens and certificates may be refused: turn on the time service of the machine (NTP).`,
    ),
  ];
}
