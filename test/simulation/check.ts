import { type CaseState, changesOf, openExceptions } from '#domain/case-state';
import { type ChangeRecord, hasEnded } from '#domain/change';
import { isAtOrAfter } from '#domain/instant';
import type { Part } from '#domain/part';
import { isApproved, isRejected } from '#domain/part-status';
import { verifyEvidence } from '#engine/verify-evidence';
import { readsProve, sendsAreRight } from './check-calls.js';
import { decisionsAreRight } from './check-decisions.js';
import { readRow } from './evidence-rows.js';
import { effectOf, simWorkflow, stepFor, wanted } from './steps.js';
import { instantAt, msAt, type World } from './world.js';

/** What must hold at any moment, whatever went wrong. Sentences; none: it holds. */
export async function alwaysTrue(world: World, state: CaseState): Promise<readonly string[]> {
  const { store, scenario, signer } = world;
  const rows = (await store.chain(scenario.tenantId, state.record.caseId)).map(readRow);
  const report = await verifyEvidence({ store, tenantId: scenario.tenantId, verifier: signer });
  return [
    ...report.problems.map((problem) => `evidence: ${problem.sentence}`),
    ...world.defects.map(
      (defect) => `defect: ${defect instanceof Error ? (defect.stack ?? defect.message) : String(defect)}`,
    ),
    ...effectsAreSingle(world, state),
    ...sendsAreRight(world, state, rows),
    ...readsProve(world, state, rows),
    ...decisionsAreRight(state, rows),
    ...completionIsSaidOnce(world, state),
    ...closureIsSigned(world, state, await store.chain(scenario.tenantId, 'house')),
  ];
}

function effectsAreSingle(world: World, state: CaseState): readonly string[] {
  return [...world.tenant.objects.values()].flatMap((object) => {
    const change = state.changes.find((c) => c.change.target.id === object.id);
    if (object.effects === 0) return [];
    if (!change) return [`${object.id} was written and no change says so`];
    if (object.effects === 1 || effectOf(change.stepId) === 'set') return [];
    return [`${change.change.key} took effect ${object.effects} times`];
  });
}

function completionIsSaidOnce(world: World, state: CaseState): readonly string[] {
  const said = world.said.filter((message) => message.kind === 'completed').map((message) => message.audience);
  if (!state.record.milestones.completedAt) return said.length > 0 ? ['completion was said and did not happen'] : [];
  const { requester, hasManager, managerEnabled } = world.scenario;
  const decider = hasManager && managerEnabled ? 'manager' : 'fallback';
  const wantedOnes = [...new Set([`person/${requester}`, `person/${decider}`, 'role/itLeadership'])].sort();
  return said.sort().join() === wantedOnes.join()
    ? []
    : [`completion was said to ${said.join()}, not ${wantedOnes.join()}`];
}

function closureIsSigned(
  world: World,
  state: CaseState,
  house: readonly { readonly line: string }[],
): readonly string[] {
  if (!state.record.milestones.completedAt || !world.calm) return [];
  return house.some((row) => row.line.includes(`closure of ${state.record.caseId}`))
    ? []
    : ['the closure was not signed'];
}

/** After trouble has ended and time has passed: nothing is under way any more, and whatever is open waits for somebody or some date. */
export async function trueWhenQuiet(world: World, state: CaseState): Promise<readonly string[]> {
  if (state.record.milestones.completedAt) return [];
  const now = instantAt(world.time.now());
  const dueAt = await world.store.nextCaseDueAt(world.scenario.tenantId);
  const open = openExceptions(state);
  const found: string[] = [];
  if (dueAt !== undefined && isAtOrAfter(now, dueAt)) found.push(`the case was due at ${dueAt} and nobody took it`);
  if (dueAt === undefined && open.length === 0) found.push('third outcome: not completed, no exception, no due time');
  for (const e of open)
    if (e.dueAt === '' || !e.owner) found.push(`exception ${e.exceptionId} has no owner or due time`);
  for (const part of state.parts) found.push(...partIsQuiet(world, state, part, now));
  return found;
}

function partIsQuiet(world: World, state: CaseState, part: Part, now: string): readonly string[] {
  if (isRejected(part, state.decisions) || !isApproved(part, state.decisions) || !isAtOrAfter(now, part.startsAt))
    return [];
  if (!part.startedAt) return [`${part.partId} is approved and due and was not started`];
  const approvedAt = Math.max(msAt(part.startsAt), 0, ...decidedAt(state, part));
  const late = msAt(part.startedAt) - approvedAt;
  const found =
    part.requirements.length > 0 && late > patienceMs(world) ? [`${part.partId} started ${late} ms late`] : [];
  return [...found, ...changesOf(state, part).flatMap((change) => changeIsQuiet(world, state, part, change))];
}

/** Each death costs a lease and a restart, each sleep minutes, perhaps of every worker in turn. */
function patienceMs(world: World): number {
  return world.scenario.sleepiness > 0 ? 90 * 60_000 : (4 + 12 * world.scenario.deaths) * 60_000;
}

function decidedAt(state: CaseState, part: Part): readonly number[] {
  return state.decisions.filter((d) => d.partHash === part.partHash).map((d) => msAt(d.decidedAt));
}

function changeIsQuiet(world: World, state: CaseState, part: Part, change: ChangeRecord): readonly string[] {
  if (hasEnded(change)) return [];
  const { key } = change.change;
  if (change.status === 'exception') {
    const owned = openExceptions(state).some((e) => e.exceptionId === change.exceptionId);
    return owned ? [] : [`${key} is excepted and no exception is open`];
  }
  if (change.status !== 'planned') return [`${key} is still ${change.status}`];
  if (part.partId.startsWith('access')) return [`${key} closes access and was never begun`];
  const step = simWorkflow(world.scenario.accountWaits).steps.find((s) => s.step.id === change.stepId)?.step;
  const waitsFor = state.changes.filter((c) => step?.after.includes(c.stepId) && !hasEnded(c));
  return waitsFor.length > 0 ? [] : [`${key} waits for nothing and was not begun`];
}

/** Once everybody has done what they should, the case is complete and the tenant is as it was approved. */
export function trueAtTheEnd(world: World, state: CaseState): readonly string[] {
  if (!state.record.milestones.completedAt) {
    const open = openExceptions(state).map((e) => `${e.exceptionId} ${e.code} ${e.changeKey ?? e.stepId ?? ''}`);
    return [
      `never completed; open: ${open.join('; ')}; changes: ${state.changes.map((c) => `${c.change.key} ${c.status}`).join('; ')}`,
    ];
  }
  const lateWord = state.exceptions.filter((e) => e.resolution?.as === 'done-by-hand');
  return [...world.tenant.objects.values()].flatMap((object) => {
    if (world.tenant.truth(object.id) === wanted) return [];
    const change = state.changes.find((c) => c.change.target.id === object.id);
    const step = stepFor(object.kind);
    const partId = change?.partId ?? step.part;
    const part = state.parts.find((p) => p.partId === partId);
    if (part && isRejected(part, state.decisions)) return [];
    // A named person's word is on the record for what Latchkey could not plan and so cannot read.
    const vouched = lateWord.some((e) =>
      change && change.status !== 'not-needed' ? false : e.changeKey?.endsWith(`:${object.id}`) || e.stepId === step.id,
    );
    return vouched
      ? []
      : [`completed, and ${object.id} is ${world.tenant.truth(object.id)} (${change?.status ?? 'no change'})`];
  });
}
