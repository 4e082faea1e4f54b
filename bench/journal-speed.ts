import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '#adapters/store/sqlite-store';
import type { Store } from '#engine/ports/store';

export interface JournalSpeed {
  readonly stepsPerSecond: number;
  /** Appending the same bytes to a file, each made durable: what the disk allows at best. */
  readonly rawPerSecond: number;
}

const rounds = 10;
const stepsPerRound = 200;
const at = '2026-11-20T17:00:00.000Z';

/** A journal step as the engine takes it: one document, one evidence row, durable before the next. In turns, so that both meet the same disk. */
export async function timeJournal(): Promise<JournalSpeed> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const store = await openSqliteStore({ path: join(folder, 'latchkey.db') });
  const raw = openSync(join(folder, 'raw'), 'a');
  const ms = { steps: 0, raw: 0 };
  try {
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      await takeSteps(store, round * stepsPerRound);
      const between = performance.now();
      appendLines(raw);
      ms.steps += between - began;
      ms.raw += performance.now() - between;
    }
  } finally {
    closeSync(raw);
    await store.close();
    rmSync(folder, { recursive: true });
  }
  const perSecond = (spent: number) => (rounds * stepsPerRound) / (spent / 1_000);
  return { stepsPerSecond: perSecond(ms.steps), rawPerSecond: perSecond(ms.raw) };
}

async function takeSteps(store: Store, before: number): Promise<void> {
  for (let step = before + 1; step <= before + stepsPerRound; step += 1) {
    const result = await store.commit({
      tenantId: 'bench',
      state: [{ collection: 'counter', key: `step/${step % 25}`, body: { value: step } }],
      evidence: [{ chain: 'L-101', type: 'change.applied', at, actor: { kind: 'clock' }, data: { step } }],
      outbox: [],
    });
    if (!result.ok) throw new Error(`step ${step} was refused: ${result.reason}`);
  }
}

function appendLines(file: number): void {
  const line = Buffer.from(`${'x'.repeat(399)}\n`);
  for (let step = 0; step < stepsPerRound; step += 1) {
    writeSync(file, line);
    fdatasyncSync(file);
  }
}
