import type { CardContext, Viewer } from '#cards/card-context';
import { markdown } from '#cards/escape-markdown';
import type { SiteTime } from '#cards/site-time';
import type { CaseRecord } from '#domain/case';
import type { CaseState } from '#domain/case-state';
import { planParts } from '#domain/deviation-part';
import type { Decider, Decision, OnSilence, Part, Requirement, Role } from '#domain/part';
import { decisionsFor, isRejected, openRequirements } from '#domain/part-status';

const roleWords: Readonly<Record<Role, string>> = {
  hr: 'HR',
  it: 'IT',
  itLeadership: 'IT leadership',
  approvers: 'an approver',
  auditors: 'an auditor',
};

export function roleName(role: Role): string {
  return roleWords[role];
}

const rolesSeen: Readonly<Record<Viewer['sees'], Role | undefined>> = {
  hr: 'hr',
  it: 'it',
  leadership: 'itLeadership',
  manager: undefined,
  requester: undefined,
};

/** Display name of somebody in the case; a sentence-ready stand-in where the name is not known. Plain text. */
export function nameIn(record: CaseRecord, userId: string, context: CardContext, unknown = 'a colleague'): string {
  if (userId === 'clock') return 'the deadline';
  const known = [record.person, record.manager, record.delegate].find((person) => person?.userId === userId);
  if (known) return known.displayName;
  if (record.requestedBy.kind === 'person' && record.requestedBy.userId === userId) return record.requesterName;
  return context.nameOf?.(userId) ?? unknown;
}

/** Who is asked: `Morgan Lee`, `HR`, `a second person in HR`. Plain text. */
export function askedWords(record: CaseRecord, requirement: Requirement, context: CardContext): string {
  const [decider] = requirement.of;
  if (!decider) return 'nobody yet';
  if (decider.kind === 'role')
    return requirement.requirementId === 'second-hr' ? 'a second person in HR' : roleName(decider.role);
  return nameIn(
    record,
    decider.userId,
    context,
    decider.as === 'fallback' ? 'the fallback approver' : `the ${decider.as}`,
  );
}

/** What silence does at the deadline, as the end of "decide by …;". */
export function silenceWords(onSilence: OnSilence): string {
  switch (onSilence) {
    case 'close-access':
      return 'without an answer nothing is handed over';
    case 'take-default':
      return 'without an answer it goes ahead as asked for';
    case 'grant-signed':
      return 'without an answer only what its owner has signed is granted';
    case 'wait-and-escalate':
      return 'it waits until somebody answers';
    case 'lapse':
      return 'without an answer it is not granted';
  }
}

/** `Approved by Morgan Lee, 17 Nov, 11:20`; Markdown. */
export function decisionLine(record: CaseRecord, decision: Decision, context: CardContext, time: SiteTime): string {
  const at = time.short(decision.decidedAt);
  if (decision.decidedBy === 'clock')
    return decision.outcome === 'approved'
      ? markdown`**Nobody decided by ${at}:** it goes ahead as the rules say`
      : markdown`**Nobody decided by ${at}:** it does not happen, as the rules say`;
  const you = context.viewer?.userId === decision.decidedBy;
  const who = you ? 'you' : nameIn(record, decision.decidedBy, context);
  const verb = decision.outcome === 'approved' ? 'Approved' : 'Rejected';
  return markdown`**${verb}** by ${who}, ${at}` + (decision.reason ? markdown`: ${decision.reason}` : '');
}

function names(decider: Decider, viewer: Viewer): boolean {
  if (decider.kind === 'person') return decider.userId === viewer.userId;
  return rolesSeen[viewer.sees] === decider.role && !decider.except.includes(viewer.userId);
}

export interface Asked {
  readonly part: Part;
  readonly requirement: Requirement;
  readonly open: boolean;
  readonly decisions: readonly Decision[];
}

/** The decisions that are (or were) this viewer's to make: by name, by group, or in somebody's place. */
export function askedOf(state: CaseState, viewer: Viewer | undefined): readonly Asked[] {
  if (!viewer) return [];
  return planParts(state.parts).flatMap((part) => {
    const open =
      isRejected(part, state.decisions) || state.record.cancelled ? [] : openRequirements(part, state.decisions);
    return part.requirements
      .map((requirement) => {
        const waits = viewer.decides?.includes(`${part.partHash}/${requirement.requirementId}`);
        const decisions = decisionsFor(part, requirement, state.decisions);
        return { part, requirement, open: open.includes(requirement) && waits !== false, waits, decisions };
      })
      .filter(
        ({ requirement, waits, decisions }) =>
          waits === true ||
          requirement.of.some((decider) => names(decider, viewer)) ||
          decisions.some(({ decidedBy }) => decidedBy === viewer.userId),
      );
  });
}
