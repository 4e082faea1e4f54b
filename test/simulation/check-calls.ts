import type { CaseState } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import type { ReadRow } from './evidence-rows.js';
import { coversNew, effectOf, wanted } from './steps.js';
import type { TenantCall } from './tenant.js';
import { msAt, type World } from './world.js';

const gapMs = 1_000;

/** Nothing was sent before its part was approved and due, without its intent on the record, or after somebody said it was done. */
export function sendsAreRight(world: World, state: CaseState, rows: readonly ReadRow[]): readonly string[] {
  return state.changes.flatMap((change) => {
    const { key, target } = change.change;
    const sends = world.tenant.calls.filter((call) => call.op === 'write' && call.id === target.id);
    const intents = rows.filter((row) => row.type === 'change.applying' && row.key === key);
    const unannounced = sends
      .sort((a, b) => a.sentAt - b.sentAt)
      .filter((send, index) => !intents[index] || msAt(intents[index].at) > send.sentAt);
    return [
      ...unannounced.map((send) => `${key} was sent at ${send.sentAt} without its intent on the record`),
      ...sends.flatMap((send) => sendIsAllowed(state, change, send)),
      ...sentAfterByHand(state, key, rows),
      ...(effectOf(change.stepId) === 'once' ? onceOnly(state, key, sends, rows) : []),
    ];
  });
}

function sendIsAllowed(state: CaseState, change: ChangeRecord, send: TenantCall): readonly string[] {
  const { key } = change.change;
  const part = state.parts.find((p) => p.partId === change.partId);
  if (!part) return [`${key} was sent and belongs to no part`];
  const found: string[] = [];
  if (send.sentAt < msAt(part.startsAt)) found.push(`${key} was sent before its date`);
  for (const requirement of part.requirements) {
    const approved = state.decisions.some(
      (d) =>
        d.partHash === part.partHash &&
        d.requirementId === requirement.requirementId &&
        d.outcome === 'approved' &&
        msAt(d.decidedAt) <= send.sentAt,
    );
    if (!approved) found.push(`${key} was sent without ${requirement.requirementId} of ${part.partId}`);
  }
  const approvedAsShown = part.changeKeys.includes(key);
  if (!approvedAsShown && !coversNew(change.stepId))
    found.push(`${key} was sent; the approval of ${part.partId} does not cover it`);
  return found;
}

/** What would do harm twice is not sent again by itself where the first may have happened: each time more is a person's Retry. */
function onceOnly(
  state: CaseState,
  key: string,
  sends: readonly TenantCall[],
  rows: readonly ReadRow[],
): readonly string[] {
  const maybe = sends.filter((send) => send.outcome === 'ok' || send.outcome === 'unknown-outcome').length;
  const about = new Set(state.exceptions.filter((e) => e.changeKey === key).map((e) => e.exceptionId));
  const retries = rows.filter(
    (row) => row.type === 'exception.retry-asked' && about.has(String(row.data['exception'])),
  );
  return maybe > 1 + retries.length ? [`${key} was sent ${maybe} times for ${retries.length} retries`] : [];
}

function sentAfterByHand(state: CaseState, key: string, rows: readonly ReadRow[]): readonly string[] {
  const about = new Set(state.exceptions.filter((e) => e.changeKey === key).map((e) => e.exceptionId));
  let byHand = false;
  const found: string[] = [];
  for (const row of rows) {
    const mine = typeof row.data['exception'] === 'string' && about.has(row.data['exception']);
    if (row.type === 'exception.by-hand' && mine) byHand = true;
    if (row.type === 'exception.retry-asked' && mine) byHand = false;
    if (row.type === 'change.applying' && row.key === key && byHand)
      found.push(`${key} was sent after it was done by hand`);
  }
  return found;
}

/** Every proof is two agreeing reads that really happened, far enough apart, and the tenant is so. */
export function readsProve(world: World, state: CaseState, rows: readonly ReadRow[]): readonly string[] {
  const proofs = rows.filter((row) => row.type === 'change.confirmed');
  return state.changes.flatMap((change) => {
    const { key, target } = change.change;
    const own = proofs.filter((row) => row.key === key);
    if (change.status !== 'confirmed' && change.status !== 'done-by-hand')
      return own.length > 0 ? [`${key} is proved on the record and is ${change.status}`] : [];
    const [proof] = own;
    if (!proof || own.length > 1) return [`${key} is ${change.status} with ${own.length} proofs`];
    const so = world.tenant.truth(target.id) === wanted ? [] : [`${key} is ${change.status} and not so`];
    return [...so, ...proofHolds(world, change, proof)];
  });
}

function proofHolds(world: World, change: ChangeRecord, proof: ReadRow): readonly string[] {
  const { key, target } = change.change;
  const reads = world.tenant.calls.filter((call) => call.op === 'read' && call.id === target.id);
  const showed = (call: TenantCall) => call.outcome === 'ok' && call.value === wanted;
  const at = [proof.data['firstReadAt'], proof.data['secondReadAt']].map((instant) => msAt(String(instant)));
  const [first = 0, second = 0] = at;
  const found = at
    .filter((when) => !reads.some((call) => call.sentAt === when && showed(call)))
    .map((when) => `${key} names a read at ${when} that did not show it`);
  if (second - first < gapMs) found.push(`${key} was proved by reads ${second - first} ms apart`);
  // Of a worker that died or slept past its lease nobody heard what it read.
  const { deaths, sleepiness } = world.scenario;
  const heard = deaths === 0 && sleepiness === 0;
  const between = reads.filter((call) => call.sentAt > first && call.answeredAt < second);
  if (heard && between.some((call) => !showed(call))) found.push(`${key} was proved across a read that disagreed`);
  const sent = change.attempt > 0 || change.exceptionId !== undefined;
  if (!sent && effectOf(change.stepId) !== 'set') found.push(`${key} is confirmed and was never sent`);
  return found;
}
