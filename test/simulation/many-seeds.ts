import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

export interface Tally {
  readonly broken: boolean;
  /** Lines of `run.ts`: the seeds that broke something, and the tallies. */
  readonly lines: readonly string[];
}

/** Runs the seeds in as many processes as the machine has cores; each process is deterministic by itself. */
export async function manySeeds(
  from: number,
  count: number,
  project = new URL('../../', import.meta.url),
): Promise<Tally> {
  const lanes = Math.min(availableParallelism(), Math.ceil(count / 50));
  const share = Math.ceil(count / lanes);
  const tallies = await Promise.all(
    Array.from({ length: lanes }, (_, lane) => {
      const first = from + lane * share;
      return oneProcess(first, Math.min(share, from + count - first), fileURLToPath(project));
    }),
  );
  return { broken: tallies.some((t) => t.broken), lines: tallies.flatMap((t) => t.lines) };
}

function oneProcess(from: number, count: number, cwd: string): Promise<Tally> {
  const args = ['--conditions=source', '--import', 'tsx', 'test/simulation/run.ts', String(from), String(count)];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const lines = stdout.split('\n').filter((line) => line !== '');
      if (error && !lines.some((line) => line.includes('seeds from'))) lines.push(stderr.slice(0, 2_000));
      resolve({ broken: error !== null, lines });
    });
  });
}
