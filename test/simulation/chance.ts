import type { Random } from '#engine/ports/random';

/** A stream of chance that a number replays. */
export interface Chance {
  /** In [0, 1). */
  fraction(): number;
  /** Whole, from `low` to `high`, both included. */
  between(low: number, high: number): number;
  happens(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/** One stream per purpose, so that a change in one does not shift all others. sfc32 over a mixed seed. */
export function chance(seed: number, purpose: string): Chance {
  let a = seed | 0;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
  let counter = 1;
  for (const letter of purpose) b = Math.imul(b ^ letter.charCodeAt(0), 0x85ebca6b);
  function next(): number {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  }
  for (let i = 0; i < 15; i++) next();
  return {
    fraction: next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    happens: (probability) => next() < probability,
    pick(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
  };
}

export function seededRandom(of: Chance): Random {
  let count = 0;
  return {
    fraction: () => of.fraction(),
    uuid() {
      count += 1;
      const tail = Math.floor(of.fraction() * 0xffffffff);
      return `00000000-0000-4000-8000-${count.toString(16).padStart(4, '0')}${tail.toString(16).padStart(8, '0')}`;
    },
  };
}
