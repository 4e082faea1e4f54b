import { people } from '#sandbox/firm/ids';
import type { Client } from '../test/stories/teams-client.js';
import { type FirmAtWork, openFirm } from './firm-at-work.js';
import { submitLeaver } from './submit-leaver.js';
import type { TenantProcess } from './tenant-process.js';

export interface ClickTime {
  readonly clicks: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly slowestMs: number;
  /** Cases that ran meanwhile. */
  readonly cases: number;
}

const atOnce = 20;
const clicksEach = 15;
const leavers = ['Alex Morgan', 'Chloe Bennett', 'Imran Khan', 'Leila Rahimi', 'George Whitaker'] as const;

/** Twenty people click at once, again and again, while several leavers are being worked on: everybody's look at a case, and decisions. */
export async function timeClicks(tenant: TenantProcess): Promise<ClickTime> {
  await tenant.reset();
  const firm = await openFirm(tenant.origin, false);
  try {
    const caseIds = await startLeavers(firm);
    const clickers = Array.from({ length: atOnce }, (_, i) => firm.person(whoClicks(i)));
    const times = (await Promise.all(clickers.map((client, i) => clickAgainAndAgain(client, caseIds, i)))).flat();
    const sorted = times.sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
    return { clicks: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), slowestMs: at(1), cases: caseIds.length };
  } finally {
    await firm.close();
  }
}

async function startLeavers(firm: FirmAtWork): Promise<readonly string[]> {
  const opened: string[] = [];
  for (const name of leavers) opened.push((await submitLeaver(firm, name)).caseId);
  return opened;
}

/** Half of them HR and IT, who look; half the manager, impatient with one and the same button. */
function whoClicks(index: number): string {
  const lookers = [people.danaReyes, people.hannahBrooks, people.samOkoro, people.priyaShah];
  return index % 2 === 0 ? (lookers[(index / 2) % lookers.length] ?? people.danaReyes) : people.morganLee;
}

async function clickAgainAndAgain(
  client: Client,
  caseIds: readonly string[],
  index: number,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let n = 0; n < clicksEach; n += 1) {
    const caseId = caseIds[(n + index) % caseIds.length] ?? '';
    const from = performance.now();
    if (index % 2 === 0) await client.forges('show-case', { caseId });
    else await client.forges('approve', { caseId, partHash: 'of the card that was shown' });
    times.push(performance.now() - from);
  }
  return times;
}
