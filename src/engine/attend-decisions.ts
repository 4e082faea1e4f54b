import type { CaseState } from '#domain/case-state';
import { earliest, type Instant, isAtOrAfter, toEpochMs } from '#domain/instant';
import type { Part, Requirement } from '#domain/part';
import { isRejected, openRequirements } from '#domain/part-status';
import { askMessages, audiencesOf } from '#engine/asked-people';
import type { CaseRun } from '#engine/case-run';
import { movedCards } from '#engine/change-journal';
import { freshDeadline, nextReminder, remindersDue } from '#engine/decision-times';
import type { Duty } from '#engine/duty';
import type { Engine } from '#engine/engine';
import { expireApprovals } from '#engine/expire-approvals';
import { followManager } from '#engine/follow-manager';
import { caseMessage, partWrite } from '#engine/keys';
import { passOverAbsent } from '#engine/pass-over';
import type { OutboxMessage } from '#engine/ports/store';
import { requirementEntry } from '#engine/requirement-entry';

/** Sees to it that whoever has to decide was asked, can decide and is reminded. What their silence does is `silence`'s. */
export const attendDecisions: Duty = { act: attend, dueAt: nextReminderDue };

export interface Waiting {
  readonly part: Part;
  readonly requirement: Requirement;
}

/** Everything in a case that waits for somebody's decision. */
export function waitingDecisions(state: CaseState): readonly Waiting[] {
  return state.parts
    .filter((part) => !isRejected(part, state.decisions))
    .flatMap((part) => openRequirements(part, state.decisions).map((requirement) => ({ part, requirement })));
}

function nextReminderDue(engine: Engine, state: CaseState): Instant | undefined {
  const now = engine.clock.tenantNow();
  return earliest(
    waitingDecisions(state).map(({ requirement }) => nextReminder(engine, state.record, requirement, now)),
  );
}

async function attend(run: CaseRun, state: CaseState, now: Instant): Promise<boolean> {
  if (await expireApprovals(run, state, now)) return true;
  for (const waiting of waitingDecisions(state)) {
    const { reminded, dueAt } = waiting.requirement;
    if (reminded === undefined) {
      await firstLook(run, state, waiting, now);
      return true;
    }
    if (isAtOrAfter(now, dueAt)) continue;
    const due = remindersDue(run.engine, state.record, waiting.requirement, now);
    if (due > reminded) {
      await remind(run, state, waiting, due);
      return true;
    }
  }
  return false;
}

/** The first time that it waits: only then are those of a later stage asked, and their time begins. */
async function firstLook(run: CaseRun, state: CaseState, { part, requirement }: Waiting, now: Instant): Promise<void> {
  const { engine } = run;
  const later = requirement.stage > Math.min(...part.requirements.map(({ stage }) => stage));
  const begun: Requirement = later
    ? { ...requirement, askedAt: now, dueAt: freshDeadline(engine, state.record, requirement, now) }
    : requirement;
  const looked = await look(engine, state, { part, requirement: begun });
  const asked = await audiencesOf(engine, looked.requirement);
  const before = requirement.of.map((d) => (d.kind === 'person' ? `person/${d.userId}` : `role/${d.role}`));
  const fresh = later ? asked : asked.filter((audience) => !before.includes(audience));
  await write(run, state, part, { ...looked, requirement: { ...looked.requirement, reminded: 0 } }, [
    ...askMessages(part, fresh),
  ]);
}

async function remind(run: CaseRun, state: CaseState, { part, requirement }: Waiting, due: number): Promise<void> {
  const { engine } = run;
  const before = await audiencesOf(engine, requirement);
  const looked = await look(engine, state, { part, requirement });
  const asked = await audiencesOf(engine, looked.requirement);
  const absent = (looked.requirement.passedOver ?? []).map(({ userId }) => `person/${userId}`);
  const fresh = asked.filter((audience) => !before.includes(audience));
  const reminded = asked.filter((audience) => !fresh.includes(audience) && !absent.includes(audience));
  const entry = await requirementEntry(engine, part, requirement, 'decision.reminded', {
    reminder: due,
    dueAt: requirement.dueAt,
    audiences: reminded,
  });
  const next = { ...looked.requirement, reminded: due };
  await write(run, state, part, { ...looked, requirement: next, evidence: [...looked.evidence, entry] }, [
    ...askMessages(part, fresh),
    ...reminders(part, requirement, due, reminded),
  ]);
}

/** Named by what they remind of: the same reminder is never a second one, that of a later deadline is. */
export function reminders(
  { caseId }: Part,
  { requirementId, dueAt }: Requirement,
  n: number,
  audiences: readonly string[],
): readonly OutboxMessage[] {
  const slot = `reminder:${requirementId}:${toEpochMs(dueAt)}.${n}` as const;
  return audiences.map((audience) => caseMessage(caseId, audience, slot));
}

type Seen = Awaited<ReturnType<typeof look>>;

async function look(engine: Engine, state: CaseState, { part, requirement }: Waiting) {
  const followed = await followManager(engine, state, part, requirement);
  const passed = await passOverAbsent(engine, { ...state, record: followed.record }, part, followed.requirement);
  const evidence = [...followed.evidence, ...passed.evidence];
  return { record: followed.record, requirement: passed.requirement, evidence };
}

async function write(
  run: CaseRun,
  state: CaseState,
  part: Part,
  { record, requirement, evidence }: Seen,
  outbox: readonly OutboxMessage[],
): Promise<void> {
  const next = withRequirement(part, requirement);
  await run.commit({
    state: [
      { collection: 'case', key: record.caseId, caseId: record.caseId, expect: state.version, body: record },
      partWrite(next),
    ],
    evidence,
    // Whoever was asked until now and whoever follows the case see who is asked in their place.
    outbox: evidence.length > 0 ? [...movedCards(state), ...outbox] : outbox,
  });
}

export function withRequirement(part: Part, requirement: Requirement): Part {
  const { requirementId } = requirement;
  return {
    ...part,
    requirements: part.requirements.map((r) => (r.requirementId === requirementId ? requirement : r)),
  };
}
