import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '#adapters/store/sqlite-store';

export interface JournalSpeed {
  readonly stepsPerSecond: number;
  /** Appending the same bytes to a file, each made durable: what the disk allows at best. */
  readonly rawPerSecond: number;
}

const steps = 1_000;
const at = '2026-11-20T17:00:00.000Z';

/** A journal step as the engine takes it: one document, one evidence row, durable before the next. */
export async function timeJournal(): Promise<JournalSpeed> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  try {
    return { stepsPerSecond: await stepsPerSecond(folder), rawPerSecond: rawPerSecond(folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function stepsPerSecond(folder: string): Promise<number> {
  const store = await openSqliteStore({ path: join(folder, 'latchkey.db') });
  const began = performance.now();
  for (let step = 1; step <= steps; step += 1) {
    const result = await store.commit({
      tenantId: 'bench',
      state: [{ collection: 'counter', key: `step/${step % 25}`, body: { value: step } }],
      evidence: [{ chain: 'L-101', type: 'change.applied', at, actor: { kind: 'clock' }, data: { step } }],
      outbox: [],
    });
    if (!result.ok) throw new Error(`step ${step} was refused: ${result.reason}`);
  }
  const seconds = (performance.now() - began) / 1_000;
  await store.close();
  return steps / seconds;
}

function rawPerSecond(folder: string): number {
  const file = openSync(join(folder, 'raw'), 'a');
  const line = Buffer.from(`${'x'.repeat(399)}\n`);
  const began = performance.now();
  for (let step = 0; step < steps; step += 1) {
    writeSync(file, line);
    fdatasyncSync(file);
  }
  const seconds = (performance.now() - began) / 1_000;
  closeSync(file);
  return steps / seconds;
}
