import type { CaseRecord } from '#domain/case';
import type { Change, Risk } from '#domain/change';
import type { StepId, UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Decider, Requirement } from '#domain/part';
import type { ApprovalRule, Asked, Policy } from '#domain/policy';
import type { Calendar } from '#engine/ports/calendar';
import { siteOf } from '#engine/site-of';
import type { PartId } from '#engine/workflow';

export interface RuledPart {
  readonly base: PartId;
  readonly risk: Risk;
  readonly changes: readonly { readonly stepId: StepId; readonly change: Change }[];
}

interface Ruling {
  readonly policy: Policy;
  readonly calendar: Calendar;
  readonly record: CaseRecord;
  readonly now: Instant;
}

/** Two people behind one part are found within a working day. */
const fourEyesHours = 8;

/**
 * The decisions that the firm's rules want beside those every case has (`own`). Closing a leaver's access waits for no rule: HR's
 * confirmation closes it. A rule that names nobody who may decide in this case falls to the fallback approver rather than to nobody.
 */
export function ruledRequirements(
  ruling: Ruling,
  part: RuledPart,
  own: readonly Requirement[],
): readonly Requirement[] {
  if (part.base === 'access' && ruling.record.kind === 'leaver') return [];
  const ruled = ruling.policy.decisions.rules
    .filter((rule) => applies(ruling, rule, part))
    .map((rule) => requirementOf(ruling, rule, part));
  return [...ruled, ...fourEyes(ruling, part, [...own, ...ruled])];
}

function applies({ policy, record }: Ruling, { when }: ApprovalRule, part: RuledPart): boolean {
  const site = siteOf(policy, record.person).name;
  return (
    fits(when.kinds, [record.kind]) &&
    fits(when.risks, [part.risk]) &&
    fits(when.parts, [part.base]) &&
    fits(when.sites, [site]) &&
    fits(
      when.steps,
      part.changes.map(({ stepId }) => stepId),
    )
  );
}

/** What a rule does not name, it does not mind. */
function fits<T>(wanted: readonly T[] | undefined, present: readonly T[]): boolean {
  return wanted === undefined || present.some((value) => wanted.includes(value));
}

function requirementOf(ruling: Ruling, rule: ApprovalRule, part: RuledPart): Requirement {
  const { calendar, policy, record, now } = ruling;
  const found = distinct(rule.ask.flatMap((asked) => decidersOf(ruling, asked, part, rule.need === 'all')));
  const of = found.length > 0 ? found : [fallback(policy)];
  return {
    requirementId: `rule:${rule.id}`,
    round: 1,
    rule: needOf(rule.need, of),
    of,
    stage: rule.stage,
    askedAt: now,
    dueAt: calendar.plusWorkingHours(now, rule.dueHours, siteOf(policy, record.person)),
    onSilence: rule.onSilence,
  };
}

/** More than there are people to ask would wait for ever: then all of them. */
function needOf(need: ApprovalRule['need'], of: readonly Decider[]): Requirement['rule'] {
  if (need === 'one') return { kind: 'one' };
  // As a number: whoever is asked in somebody's place later must not add to it.
  if (need === 'all') return { kind: 'n', n: of.length };
  const groups = of.some(({ kind }) => kind === 'role');
  return { kind: 'n', n: groups ? need : Math.min(need, of.length) };
}

/** All of a group are its members as they were when the plan was made: a card cannot wait for whoever may join. */
function decidersOf({ record }: Ruling, asked: Asked, part: RuledPart, all: boolean): readonly Decider[] {
  const barred = barredFrom(record);
  if ('role' in asked && all) return named(record.askedOfAll?.[asked.role] ?? [], 'named', barred);
  if ('role' in asked) return [{ kind: 'role', role: asked.role, except: barred }];
  if ('userId' in asked) return named([asked.userId], 'named', barred);
  switch (asked.person) {
    case 'manager':
      return named([record.manager?.userId], 'manager', barred);
    case 'managers-manager':
      return named([record.managersManager?.userId], 'named', barred);
    case 'entitlement-owner':
      return named(
        part.changes.map(({ change }) => change.ownerId),
        'owner',
        barred,
      );
  }
}

function named(
  userIds: readonly (UserId | undefined)[],
  as: 'manager' | 'named' | 'owner',
  barred: readonly UserId[],
): readonly Decider[] {
  return userIds
    .filter((userId): userId is UserId => userId !== undefined && !barred.includes(userId))
    .map((userId) => ({ kind: 'person', userId, as }));
}

/** Never the subject, never whoever asked for it. */
function barredFrom(record: CaseRecord): readonly UserId[] {
  const requester = record.requestedBy.kind === 'person' ? [record.requestedBy.userId] : [];
  return [record.person.userId, ...requester];
}

function fallback(policy: Policy): Decider {
  return { kind: 'person', userId: policy.fallbackApprover, as: 'fallback' };
}

function distinct(deciders: readonly Decider[]): readonly Decider[] {
  const keyOf = (decider: Decider) => (decider.kind === 'role' ? `role/${decider.role}` : decider.userId);
  return [...new Map(deciders.map((decider) => [keyOf(decider), decider])).values()];
}

/**
 * Elevated and destructive parts have two different people behind them: whoever asked, and somebody else who decides. Where the
 * only decision is the requester's own, an approver signs too; who would get something from it is not the second person.
 */
function fourEyes(
  { policy, calendar, record, now }: Ruling,
  part: RuledPart,
  present: readonly Requirement[],
): readonly Requirement[] {
  if (!policy.decisions.fourEyes.includes(part.risk)) return [];
  const requester = record.requestedBy.kind === 'person' ? record.requestedBy.userId : undefined;
  const others = present.filter(({ of }) => !of.every((d) => d.kind === 'person' && d.userId === requester));
  if (requester !== undefined ? others.length > 0 : others.length > 1) return [];
  const beneficiary = part.base === 'hand-over' && record.delegate ? [record.delegate.userId] : [];
  return [
    {
      requirementId: 'four-eyes',
      apart: true,
      round: 1,
      rule: { kind: 'one' },
      of: [{ kind: 'role', role: 'approvers', except: [...barredFrom(record), ...beneficiary] }],
      stage: 1,
      askedAt: now,
      dueAt: calendar.plusWorkingHours(now, fourEyesHours, siteOf(policy, record.person)),
      onSilence: 'wait-and-escalate',
    },
  ];
}
