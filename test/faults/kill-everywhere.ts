import { check } from './check-life.js';
import { type Kill, type Life, live } from './life.js';

/** Lives side by side: they mostly wait for lag and disk. */
const lanes = 4;

export interface Everywhere {
  readonly kills: number;
  /** The first point that was never reached. */
  readonly end: number;
  /** `journal write 17, before: ...` */
  readonly violations: readonly string[];
}

/** Every point, or every so many: `FAULTS_EVERY=7` for a quick look. */
const quick = Number(process.env['FAULTS_EVERY'] ?? 1);

/** Right after one write is right before the next, but for what was on its way in between: every second of these tells. */
const strideOf = ({ around, moment }: Pick<Kill, 'around' | 'moment'>): number =>
  around === 'journal' && moment === 'after' ? 2 * quick : quick;

/** Something is wrong everywhere: no need to see it at every point. */
const enough = 50;

/** Kills at 1, 2, 3 ... until nobody is left to kill, each in a world of its own, and checks how each ends. */
export async function killEverywhere(
  whole: Life,
  kind: Pick<Kill, 'around' | 'moment'>,
  progress: (line: string) => void,
): Promise<Everywhere> {
  const violations: string[] = [];
  const began = performance.now();
  let next = 1;
  let kills = 0;
  let end = Number.POSITIVE_INFINITY;
  const lane = async () => {
    while (next < end && violations.length < enough) {
      const kill = { ...kind, n: next };
      next += strideOf(kind);
      const found = await endOf(kill, whole);
      if (!found.killed) end = Math.min(end, kill.n);
      else kills += 1;
      violations.push(...found.violations.map((sentence) => `${placeOf(kill)}: ${sentence}`));
      for (const sentence of found.violations) progress(`${placeOf(kill)}: ${sentence}`);
      if (found.killed && kills % 25 === 0)
        progress(`${placeOf(kill)}, ${Math.round((performance.now() - began) / 1000)} s`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { kills, end, violations };
}

/** A life that cannot be brought to its end is a violation like any other: the points after it are still tried. */
async function endOf(
  kill: Kill,
  whole: Life,
): Promise<{ readonly killed: boolean; readonly violations: readonly string[] }> {
  try {
    const life = await live(kill);
    return { killed: life.killed, violations: check(life, whole) };
  } catch (error) {
    return { killed: true, violations: [error instanceof Error ? error.message : String(error)] };
  }
}

export function placeOf({ around, n, moment }: Kill): string {
  return `${moment} ${around === 'journal' ? 'journal write' : 'tenant request'} ${n}`;
}
