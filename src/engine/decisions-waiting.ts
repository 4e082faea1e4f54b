import { type CaseState, changesOf } from '#domain/case-state';
import { isDeviation } from '#domain/deviation-part';
import type { UserId } from '#domain/ids';
import { earliest, type Instant } from '#domain/instant';
import type { Part } from '#domain/part';
import { decidableBy, decisionHash } from '#engine/decide-part';
import type { Engine } from '#engine/engine';
import { loadCase } from '#engine/load-case';

/** What one person has to decide of one case, in one click. A wish for an exception to the plan is not among it: its card tells more than a line. */
export interface WaitingDecision {
  readonly state: CaseState;
  readonly parts: readonly Part[];
  /** Stands for exactly these parts. */
  readonly hash: string;
  readonly dueAt: Instant;
  /** Elevated, or something about it stands out: nobody approves it from one line. */
  readonly wantsReading: boolean;
  /** The person was shown all of it, in full. */
  readonly opened: boolean;
}

/** Every decision that waits for a person in an open case, the most urgent first; their right to it is read at this moment. */
export async function decisionsWaiting(engine: Engine, userId: UserId): Promise<readonly WaitingDecision[]> {
  const open = await engine.store.list(engine.tenantId, 'openCase');
  const states = await Promise.all(open.map(({ body }) => loadCase(engine.store, engine.tenantId, body.caseId)));
  const waiting: WaitingDecision[] = [];
  for (const state of states) {
    const found = state && (await waitingIn(engine, state, userId));
    if (found) waiting.push(found);
  }
  return waiting.sort(
    (a, b) => a.dueAt.localeCompare(b.dueAt) || a.state.record.caseId.localeCompare(b.state.record.caseId),
  );
}

/** Whether so many may wait at all: spares everybody's every card the question to the directory. */
export async function couldWait(engine: Engine, count: number): Promise<boolean> {
  return (await engine.store.list(engine.tenantId, 'openCase')).length >= count;
}

async function waitingIn(engine: Engine, state: CaseState, userId: UserId): Promise<WaitingDecision | undefined> {
  const deciding = (await decidableBy(engine, state, userId)).filter(({ part }) => !isDeviation(part));
  const parts = [...new Set(deciding.map(({ part }) => part))];
  const dueAt = earliest(deciding.map(({ requirement }) => requirement.dueAt));
  if (dueAt === undefined) return undefined;
  return {
    state,
    parts,
    dueAt,
    hash: decisionHash(parts),
    wantsReading: parts.some((part) => wantsReading(state, part)),
    opened: await wasOpened(engine, state.record.caseId, userId, parts),
  };
}

function wantsReading(state: CaseState, part: Part): boolean {
  return part.risk !== 'routine' || changesOf(state, part).some(({ change }) => change.attention !== undefined);
}

async function wasOpened(engine: Engine, caseId: string, userId: UserId, parts: readonly Part[]): Promise<boolean> {
  const shown = await engine.store.get(engine.tenantId, 'shown', `${caseId}/${userId}`);
  return parts.every(({ partHash }) => shown?.body.partHashes.includes(partHash) === true);
}
