import type { CaseRecord } from '#domain/case';
import { type Instant, isAtOrAfter, plusMs } from '#domain/instant';
import type { Decider, Requirement } from '#domain/part';
import type { Policy } from '#domain/policy';
import { confirmerOf } from '#engine/hr-confirmations';
import type { PartId } from '#engine/workflow';

const hour = 3_600_000;

/** Who decides each part of a leaver, by when, and what silence does. */
export function requirementsFor(
  part: PartId,
  record: CaseRecord,
  policy: Policy,
  now: Instant,
): readonly Requirement[] {
  return part === 'hand-over' ? [handOver(record, policy, now)] : closing(record, policy, now);
}

/** HR's confirmed event closes access. A manager may ask, then HR confirms; `now` wants a second HR person. */
function closing(record: CaseRecord, policy: Policy, now: Instant): readonly Requirement[] {
  const confirmer = confirmerOf(record);
  const subject = record.person.userId;
  const base = { round: 1, rule: { kind: 'one' }, stage: 1, askedAt: now, onSilence: 'wait-and-escalate' } as const;
  const dueAt = plusMs(now, policy.leaver.secondHrDueMinutes * 60_000);
  const confirm: Requirement =
    confirmer !== undefined
      ? { ...base, requirementId: 'hr-confirms', of: [{ kind: 'person', userId: confirmer, as: 'requester' }], dueAt }
      : { ...base, requirementId: 'hr-confirms', of: [{ kind: 'role', role: 'hr', except: [subject] }], dueAt };
  if (!record.immediate || !policy.leaver.nowNeedsSecondHr || confirmer === undefined) return [confirm];
  const others: Decider = { kind: 'role', role: 'hr', except: [subject, confirmer] };
  return [confirm, { ...base, requirementId: 'second-hr', of: [others], dueAt }];
}

/** The manager (or, without one, the fallback) has until access ends, and never less than the hours the policy grants. */
function handOver(record: CaseRecord, policy: Policy, now: Instant): Requirement {
  const granted = plusMs(now, policy.leaver.handOver.dueHours * hour);
  const dueAt = isAtOrAfter(record.effectiveAt, granted) ? record.effectiveAt : granted;
  return {
    requirementId: 'manager-decides',
    round: 1,
    rule: { kind: 'one' },
    of: handOverDeciders(record, policy),
    stage: 1,
    askedAt: now,
    dueAt,
    onSilence: policy.leaver.handOver.onSilence,
  };
}

/**
 * Usually the manager alone: HR asked, the manager decides, two people. Where that one person asked for the case themselves, or is
 * the one who leaves, somebody else decides: opening a mailbox is nothing to ask for and to grant.
 */
function handOverDeciders(record: CaseRecord, policy: Policy): readonly Decider[] {
  const usual = handOverDecider(record, policy);
  const requester = record.requestedBy.kind === 'person' ? [record.requestedBy.userId] : [];
  const barred = [record.person.userId, ...requester, ...(record.handOverAskedBy ? [record.handOverAskedBy] : [])];
  if (!barred.includes(usual.userId)) return [usual];
  const colleagues: Decider = { kind: 'role', role: 'hr', except: barred };
  const fallback: Decider = { kind: 'person', userId: policy.fallbackApprover, as: 'fallback' };
  return barred.includes(policy.fallbackApprover) ? [colleagues] : [colleagues, fallback];
}

export function handOverDecider(
  record: Pick<CaseRecord, 'person' | 'manager'>,
  policy: Policy,
): Decider & { kind: 'person' } {
  const manager = record.manager;
  const usable =
    manager &&
    manager.userId !== record.person.userId &&
    manager.accountEnabled !== false &&
    manager.userType !== 'Guest';
  return usable
    ? { kind: 'person', userId: manager.userId, as: 'manager' }
    : { kind: 'person', userId: policy.fallbackApprover, as: 'fallback' };
}
