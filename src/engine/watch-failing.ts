import { type CaseState, openExceptions } from '#domain/case-state';
import type { CaseException } from '#domain/exception';
import type { Watch } from '#domain/watch';
import type { CaseRun } from '#engine/case-run';
import { countedAgain } from '#engine/change-journal';
import { evidenceEntry } from '#engine/evidence-entry';
import { exceptionWrite } from '#engine/keys';
import { adviceFor, openExceptions as exceptionCommit, newException, technicalOf } from '#engine/open-exception';
import type { Commit } from '#engine/ports/store';
import type { Looked } from '#engine/watch-look';
import { resolvedByLook, resolvedEntries } from '#engine/watch-resolved';
import { watchFailed } from '#engine/watch-schedule';

const againAfterMs = 600_000;
/** So many looks in a row that could not read everything are an exception; it is tried on, less often. */
const mostFailures = 3;
const laterAgainMs = 3_600_000;

export function failsAgainAfter(times: number): number {
  return times < mostFailures ? againAfterMs : laterAgainMs;
}

/** What a look that could not read everything writes, and one that could after others that could not. */
export interface Failing extends Pick<Commit, 'state' | 'evidence' | 'outbox'> {
  /** How many such looks in a row there are now. */
  readonly times: number;
  /** The exception about it was opened or closed, or a wish on it was used up. */
  readonly moved: boolean;
}

/** Looks that cannot read everything: told once they are many in a row, and over by themselves when one succeeds. */
export async function failingOf(run: CaseRun, state: CaseState, standing: Watch, looked: Looked): Promise<Failing> {
  const { engine } = run;
  const { record } = state;
  const open = openExceptions(state).find((e) => e.code === watchFailed);
  if (looked.unread.length === 0) return over(run, looked, open);
  const times = (standing.failed?.times ?? 0) + 1;
  const unread = await evidenceEntry(engine, {
    caseId: record.caseId,
    type: 'watch.unread',
    actor: { kind: 'clock' },
    data: { times, unread: looked.unread.map(({ what, failure }) => ({ what, code: failure.detail.code })) },
  });
  if (open) {
    const tried = usedUp(open, looked);
    const state = tried ? [exceptionWrite(tried, false)] : [];
    return { times, moved: tried !== undefined, state, evidence: [unread], outbox: [] };
  }
  if (times < mostFailures) return { times, moved: false, state: [], evidence: [unread], outbox: [] };
  const exception = newException(engine, record, run.exceptionNumbers(state)(), causeOf(state, looked, times));
  const opened = await exceptionCommit(engine, record, [exception]);
  return { ...opened, times, moved: true, evidence: [unread, ...opened.evidence] };
}

async function over({ engine }: CaseRun, looked: Looked, open: CaseException | undefined): Promise<Failing> {
  if (!open) return { times: 0, moved: false, state: [], evidence: [], outbox: [] };
  const ended = resolvedByLook(open, looked.at, 'Looked at again, and everything could be read');
  const evidence = await resolvedEntries(engine, [ended]);
  return { times: 0, moved: true, state: [exceptionWrite(ended, false)], evidence, outbox: [] };
}

/** Somebody wanted another look, and it came to the same. */
function usedUp(open: CaseException, { at }: Looked): CaseException | undefined {
  const { retry, ...kept } = open;
  if (!retry) return undefined;
  const triedAgain = countedAgain({ ...open, retry: { ...retry, taken: true } }, at);
  return triedAgain ? { ...kept, triedAgain } : kept;
}

function causeOf({ record }: CaseState, { unread }: Looked, times: number) {
  const what = [...new Set(unread.map((u) => u.what))].join(', ');
  const failure = unread[0]?.failure;
  return {
    code: watchFailed,
    title: `${record.person.displayName}: nobody knows whether everything is still closed`,
    saw: `${times} looks in a row could not read ${what}. ${failure?.message ?? ''}`,
    advice: `${adviceFor(failure)} Latchkey looks again every hour; this closes by itself when a look succeeds.`,
    severity: 'high' as const,
    ...(failure ? { technical: technicalOf(failure) } : {}),
  };
}
