import { cpus, loadavg } from 'node:os';
import { timeClicks } from './click-time.js';
import { timeColdStart } from './cold-start.js';
import { timeJournal } from './journal-speed.js';
import { type LeaverTime, timeLeaver } from './leaver-time.js';
import { latencyMs, startTenantProcess } from './tenant-process.js';

/** Prints the README's numbers as a Markdown table. The machine should have nothing else to do. */
const loadBefore = load();
const journal = await timeJournal();
const tenant = await startTenantProcess();
try {
  const cold = await timeColdStart(tenant);
  const together = await timeLeaver(tenant, false);
  const single = await timeLeaver(tenant, true);
  const clicks = await timeClicks(tenant);
  const rows: readonly (readonly [string, string, string])[] = [
    ['A leaver, from Submit', 'as it runs', 'one request at a time'],
    ['---', '---', '---'],
    ...leaverRows(together, single),
    ['', '', ''],
    [
      `Click to answer, 20 clicking at once, ${clicks.cases} cases running`,
      `p50 ${ms(clicks.p50Ms)}, p99 ${ms(clicks.p99Ms)}`,
      `${clicks.clicks} clicks, slowest ${ms(clicks.slowestMs)}`,
    ],
    ['Cold start until `/readyz`', seconds(cold.readyMs), 'without playgrounds'],
    ['Memory when idle (resident)', `${cold.idleMegabytes.toFixed(0)} MB`, ''],
    [
      'Journal steps, each durable before the next',
      `${journal.stepsPerSecond.toFixed(0)} a second`,
      `${(journal.stepsPerSecond / journal.rawPerSecond).toFixed(2)} of bare append and fdatasync (${journal.rawPerSecond.toFixed(0)} a second)`,
    ],
  ];
  console.log(
    `Measured ${new Date().toISOString().slice(0, 16)}Z on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}, against the simulated tenant with ${latencyMs} ms latency.`,
  );
  console.log(`Load before ${loadBefore}, after ${load()}.\n`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  console.log(`\nCritical path: ${together.criticalSteps.map((step) => `\`${step}\``).join(' → ')}.`);
} finally {
  await tenant.close();
}

function leaverRows(together: LeaverTime, single: LeaverTime): readonly (readonly [string, string, string])[] {
  const row = (what: string, tell: (time: LeaverTime) => string) => [what, tell(together), tell(single)] as const;
  return [
    row('to "account disabled and proved"', (t) => seconds(t.disabledAndProvedMs)),
    row(`to "complete" (${together.changes} changes, each proved)`, (t) => seconds(t.completeMs)),
    row('HTTP round trips to Graph and Exchange', (t) => String(t.roundTrips)),
    row('of them one after the other at most', (t) => String(t.inSequence)),
    row('critical path: steps × (one write, two proving reads)', (t) => `${t.criticalSteps.length} × 3`),
  ];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

function ms(milliseconds: number): string {
  return `${Math.round(milliseconds)} ms`;
}

function load(): string {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
}
