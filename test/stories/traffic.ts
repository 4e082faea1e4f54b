import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TraceLine } from '#adapters/graph/graph-settings';
import { availabilityPermissions } from '#engine/availability';
import { directoryPermissions } from '#engine/directory';
import { auditPermissions } from '#engine/who-did-it';
import { leaver } from '#workflows/leaver';

/** Holds recorded requests against Graph's own metadata; kept beside the project, where it is kept at all. */
const checker = join('..', 'shared', 'contract', 'check-graph-trace.mjs');
const recorded: TraceLine[] = [];

/** Remembers what Latchkey and the simulated Graph said to each other in any story. */
export function recordTraffic(line: TraceLine): void {
  recorded.push(line);
}

if (existsSync(checker)) {
  after(
    'every request of the stories is one that Graph takes, under the permissions that the steps declare',
    function () {
      this.timeout(60_000);
      const folder = mkdtempSync(join(tmpdir(), 'latchkey-traffic-'));
      const declared = [
        ...new Set([
          ...directoryPermissions,
          ...availabilityPermissions,
          ...auditPermissions,
          ...leaver.steps.flatMap(({ step }) => step.permissions),
        ]),
      ];
      writeFileSync(join(folder, 'declared.json'), JSON.stringify(declared));
      writeFileSync(join(folder, 'trace.jsonl'), recorded.map((line) => `${JSON.stringify(line)}\n`).join(''));
      try {
        execFileSync(process.execPath, [
          checker,
          join(folder, 'trace.jsonl'),
          '--permissions',
          join(folder, 'declared.json'),
        ]);
      } catch (error) {
        const told = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
        throw new Error(`the traffic of the stories has findings:\n${told.slice(-4000)}`, { cause: error });
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
}
