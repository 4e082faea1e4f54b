import { type Instant, isAtOrAfter, plusMs } from '#domain/instant';
import type { Policy } from '#domain/policy';

const day = 86_400_000;

/** Why a moment cannot be somebody's last working minute: nearly always a wrong year. `undefined`: it can. */
export function lastDayFault(policy: Policy, now: Instant, at: Instant): string | undefined {
  const { latestPastDays, furthestFutureDays } = policy.leaver;
  if (!isAtOrAfter(at, plusMs(now, -latestPastDays * day)))
    return `The last working day lies more than ${latestPastDays} days back. Check the year.`;
  if (isAtOrAfter(at, plusMs(now, furthestFutureDays * day)))
    return `The last working day lies more than ${furthestFutureDays} days ahead. Check the year.`;
  return undefined;
}
