import { openSqliteStore } from '#adapters/store/sqlite-store';
import type { Store } from '#engine/ports/store';
import { historyOf } from './history.js';
import { runSeed } from './run-seed.js';

/**
 * `run.ts <from> <count>`: one line for every seed that breaks something, then the tally. One seed alone: its history. Exit code 1:
 * something broke.
 */
const from = Number(process.argv[2] ?? 1);
const count = Number(process.argv[3] ?? 200);
/** Seeds are tenants: they share a store for a while, since opening one costs as much as a part of a seed. */
const seedsPerStore = 50;
const started = performance.now();
let broken = 0;
let virtualMs = 0;

async function runOne(seed: number, store: Store): Promise<void> {
  const result = await runSeed(seed, store);
  virtualMs += result.virtualMs;
  if (count === 1) console.log(historyOf(result));
  if (result.violations.length === 0) return;
  broken += 1;
  console.log(`seed ${seed}: ${result.violations.join(' | ')}`);
}

for (let first = from; first < from + count; first += seedsPerStore) {
  const store = await openSqliteStore({ path: ':memory:' });
  for (let seed = first; seed < Math.min(first + seedsPerStore, from + count); seed += 1) await runOne(seed, store);
  await store.close();
}
const seconds = ((performance.now() - started) / 1_000).toFixed(1);
console.log(
  `${count} seeds from ${from}: ${broken} broken, ${Math.round(virtualMs / 3_600_000)} virtual hours in ${seconds} s`,
);
process.exitCode = broken > 0 ? 1 : 0;
