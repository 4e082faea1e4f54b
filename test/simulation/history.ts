import { readRow } from './evidence-rows.js';
import type { SeedResult } from './run-seed.js';
import { instantAt } from './world.js';

/** What happened in one seed, in order: the record, what people and other people did, every call to the tenant. */
export function historyOf({ seed, evidence, world, violations }: SeedResult): string {
  const rows = evidence
    .map(readRow)
    .map((row) => `${row.at} #${row.seq} ${row.type} ${row.key ?? ''} ${JSON.stringify(row.data)}`);
  const calls = world.tenant.calls.map(
    (call) =>
      `${instantAt(call.sentAt)}   ${call.by} ${call.op} ${call.id}: ${call.outcome} ${call.value ?? ''} (answered ${instantAt(call.answeredAt)})`,
  );
  const all = [...world.story, ...rows, ...calls].sort((a, b) =>
    a.slice(0, 24) < b.slice(0, 24) ? -1 : a.slice(0, 24) > b.slice(0, 24) ? 1 : 0,
  );
  const heading = `seed ${seed}: ${JSON.stringify(world.scenario)}`;
  return [heading, ...all, ...violations.map((violation) => `BROKEN: ${violation}`)].join('\n');
}
