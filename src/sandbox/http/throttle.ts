import { Refusal } from '#sandbox/http/answers';
import type { Tenant } from '#sandbox/tenant/tenant';

export interface Throttle {
  /** Counts a request; throws a 429 when the window is full. */
  count(): void;
  /** Counts a mailbox request that is under way; throws a 429 when too many are. Call the result when it has ended. */
  enterMailbox(): () => void;
}

export function createThrottle(tenant: Tenant): Throttle {
  let windowStart = Number.NEGATIVE_INFINITY;
  let used = 0;
  let mailboxRequests = 0;
  return {
    count: () => {
      const limit = tenant.dials().throttle;
      if (limit === null) return;
      const now = tenant.clock.ticks();
      if (now - windowStart >= limit.windowMs) {
        windowStart = now;
        used = 0;
      }
      used += 1;
      if (used <= limit.requests) return;
      const rest = (limit.windowMs - (now - windowStart)) / 1000;
      throw new Refusal(429, 'TooManyRequests', 'Too many requests.', {
        'retry-after': (limit.retryAfterSeconds ?? Math.ceil(rest)).toString(),
      });
    },
    enterMailbox: () => {
      const limit = tenant.dials().outlookConcurrency;
      if (limit > 0 && mailboxRequests >= limit) {
        throw new Refusal(429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.', {
          'retry-after': '1',
        });
      }
      mailboxRequests += 1;
      return () => {
        mailboxRequests -= 1;
      };
    },
  };
}
