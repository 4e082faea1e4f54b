import type { Tried } from '#app/house-loop';
import type { ReadyCheck } from '#app/http';
import { msBetween } from '#domain/instant';
import type { Engine } from '#engine/engine';

export interface OverdueWatch {
  /** Throws with a sentence when something that should have been done by now is not. Asked regularly: it remembers what it saw. */
  readonly assertOnTime: ReadyCheck;
  readonly tried: Tried;
}

const minute = 60_000;
const caseMs = 10 * minute;
const pulseMs = 3 * minute;
const messageMs = 15 * minute;
const dutyMs = 15 * minute;
/** Enough to tell that sending stands still. */
const mostMessages = 200;

/** Notices silence: a case that nobody takes, a message that does not go out, a duty of the house that goes on failing. */
export function createOverdueWatch(engine: Engine): OverdueWatch {
  const { store, tenantId, clock } = engine;
  const seenPulse = waitingSince(clock.monotonic);
  const seenMessages = waitingSince(clock.monotonic);
  const failing = new Map<string, number>();

  async function lateCase(): Promise<string | undefined> {
    const dueAt = await store.nextCaseDueAt(tenantId);
    const lateMs = dueAt === undefined ? 0 : msBetween(dueAt, clock.tenantNow());
    return lateMs > caseMs ? `a case has been due for ${minutes(lateMs)} and nobody works on it` : undefined;
  }

  async function oldPulse(): Promise<string | undefined> {
    const pulse = await store.get(tenantId, 'pulse', 'pulse');
    const ms = seenPulse([`${pulse?.version ?? 0}`]);
    return ms > pulseMs ? `nothing has said for ${minutes(ms)} that the work goes on` : undefined;
  }

  async function oldMessage(): Promise<string | undefined> {
    const ms = seenMessages(await store.waitingOutbox(tenantId, mostMessages));
    return ms > messageMs ? `a message has waited for ${minutes(ms)} to be sent` : undefined;
  }

  function failingDuty(): string | undefined {
    const [name, since] = [...failing].sort(([, a], [, b]) => a - b)[0] ?? [];
    const ms = since === undefined ? 0 : clock.monotonic() - since;
    return ms > dutyMs ? `the house's ${name} has failed for ${minutes(ms)}` : undefined;
  }

  return {
    async assertOnTime() {
      const reasons = [await lateCase(), await oldPulse(), await oldMessage(), failingDuty()];
      const [reason] = reasons.filter((text) => text !== undefined);
      if (reason) throw new Error(reason);
    },
    tried(name, failed) {
      if (!failed) failing.delete(name);
      else if (!failing.has(name)) failing.set(name, clock.monotonic());
    },
  };
}

/** How long the longest of those that are there has been there, counted from when it was first seen. */
function waitingSince(monotonic: () => number): (there: readonly string[]) => number {
  let since = new Map<string, number>();
  return (there) => {
    const now = monotonic();
    since = new Map(there.map((mark) => [mark, since.get(mark) ?? now]));
    return Math.max(0, ...[...since.values()].map((first) => now - first));
  };
}

function minutes(ms: number): string {
  return `${Math.round(ms / minute)} minutes`;
}
