import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { endOf, startNode, type TenantProcess } from './tenant-process.js';

export interface ColdStart {
  /** From the start of the process until `/readyz` says 200. */
  readonly readyMs: number;
  /** Resident, after a quarter of a minute without work. */
  readonly idleMegabytes: number;
}

const port = 4897;
const idleMs = 15_000;

/** `npm start` without the playgrounds, against a tenant that runs already. */
export async function timeColdStart(tenant: TenantProcess): Promise<ColdStart> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const began = performance.now();
  const child = startNode(['src/app/main.ts'], {
    PORT: String(port),
    GRAPH_BASE_URL: tenant.origin,
    DATABASE_URL: `sqlite:${join(folder, 'latchkey.db')}`,
    SEALING_KEY_FILE: join(folder, 'sealing.key'),
    SIGNING_KEY_FILE: join(folder, 'signing.pem'),
    PLAYGROUND: 'off',
  });
  child.stdout?.resume();
  try {
    while (!(await isReady())) {
      if (child.exitCode !== null || performance.now() - began > 120_000) throw new Error('it did not become ready');
      await wait(20);
    }
    const readyMs = performance.now() - began;
    await wait(idleMs);
    return { readyMs, idleMegabytes: residentMegabytes(child.pid) };
  } finally {
    await endOf(child);
    rmSync(folder, { recursive: true });
  }
}

async function isReady(): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200;
  } catch (error) {
    // Nobody listens yet.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function residentMegabytes(pid: number | undefined): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
