import { openSqliteStore } from '#adapters/store/sqlite-store';
import { historyOf } from './history.js';
import { runSeed } from './run-seed.js';

/** `run.ts <from> <count>`: prints every seed that breaks something, then the tally. Exit code 1: something broke. */
const from = Number(process.argv[2] ?? 1);
const count = Number(process.argv[3] ?? 200);
const started = performance.now();
const kinds = new Map<string, number>();
let broken = 0;
let hours = 0;
for (let seed = from; seed < from + count; seed += 1) {
  const store = await openSqliteStore({ path: ':memory:' });
  const result = await runSeed(seed, store);
  await store.close();
  hours += result.virtualMs / 3_600_000;
  if (count === 1) console.log(historyOf(result));
  if (result.violations.length === 0) continue;
  broken += 1;
  console.log(`seed ${seed}: ${result.violations.join(' | ').slice(0, 600)}`);
  for (const v of result.violations) {
    const kind = v.replace(/[a-z]+-[a-z]*-?\d+|\d+|[0-9a-f]{64}/g, '#').slice(0, 60);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
}
const seconds = (performance.now() - started) / 1_000;
console.log(`${count} seeds, ${broken} broken, ${hours.toFixed(0)} virtual hours in ${seconds.toFixed(1)} s`);
for (const [kind, n] of [...kinds].sort((a, b) => b[1] - a[1])) console.log(`${n} x ${kind}`);
process.exitCode = broken > 0 ? 1 : 0;
