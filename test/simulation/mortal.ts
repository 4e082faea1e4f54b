import type { Chance } from './chance.js';
import type { VirtualTime } from './virtual-time.js';

/** One life of one process. When it ends, nothing it waits for ever answers: it stands still wherever it was. */
export interface Life {
  dead: boolean;
  calls: number;
  /** Virtual time until which nothing of it moves. */
  asleepUntil: number;
  /** The call at which it dies, and on which side of it. */
  readonly diesAt: number | undefined;
  readonly side: 'before' | 'after';
  readonly died: () => void;
}

const never = () => new Promise<never>(() => undefined);

/**
 * The port as a process sees it that may die or fall asleep at any await. A sleep (a machine that swaps, a stopped virtual machine)
 * comes after the call: what was read or written stands, and the process learns of it late.
 */
export function mortal<T extends object>(
  port: T,
  life: Life,
  sleep?: { time: VirtualTime; luck: Chance; odds: (args: readonly unknown[]) => number; longest: number },
): T {
  async function around(act: () => unknown, args: readonly unknown[]): Promise<unknown> {
    if (life.dead) return never();
    life.calls += 1;
    const last = life.calls === life.diesAt;
    if (last && life.side === 'before') return die();
    try {
      return await act();
    } finally {
      await afterwards(last, args);
    }
  }

  async function afterwards(last: boolean, args: readonly unknown[]): Promise<void> {
    if (life.dead) return never();
    if (last) return die();
    if (!sleep) return;
    const { time, luck, odds, longest } = sleep;
    if (luck.happens(odds(args)))
      life.asleepUntil = time.now() + luck.between(1, luck.happens(0.5) ? longest : Math.ceil(longest / 20));
    // All of the process sleeps, whatever it was waiting for.
    while (life.asleepUntil > time.now()) await time.wait(life.asleepUntil - time.now());
    if (life.dead) await never();
  }

  function die(): Promise<never> {
    life.dead = true;
    life.died();
    return never();
  }

  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => around(() => Reflect.apply(member, target, args), args);
    },
  });
}
