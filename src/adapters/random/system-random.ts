import { randomInt, randomUUID } from 'node:crypto';
import type { Random } from '#engine/ports/random';

const steps = 2 ** 47;

export function createSystemRandom(): Random {
  return { uuid: () => randomUUID(), fraction: () => randomInt(steps) / steps };
}
