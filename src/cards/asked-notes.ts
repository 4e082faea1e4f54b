import type { CardContext } from '#cards/card-context';
import { nameIn, roleName } from '#cards/decision-words';
import { markdown } from '#cards/escape-markdown';
import type { SiteTime } from '#cards/site-time';
import type { CaseState } from '#domain/case-state';
import type { Decider, Part, PassedOver, Requirement } from '#domain/part';

const whyWords: Readonly<Record<PassedOver['why'], string>> = {
  'out-of-office': 'is out of office',
  disabled: 'cannot sign in any more',
  gone: 'is not in the directory any more',
};

/** What happened while a decision waited: who is away and who was asked instead, what expired, that the time was up. Markdown sentences. */
export function askedNotes(
  state: CaseState,
  part: Part,
  requirement: Requirement,
  context: CardContext,
  time: SiteTime,
): readonly string[] {
  return [
    ...expired(state, part, requirement, context, time),
    ...(requirement.passedOver ?? []).map((over) => passedOver(state, over, context)),
    ...(requirement.escalatedAt ? [escalated(requirement.escalatedAt, time)] : []),
    ...(requirement.afterOutage
      ? ['There is more time to decide: Latchkey was not running when the deadline passed.']
      : []),
  ];
}

function expired(
  { record, decisions }: CaseState,
  { partHash }: Part,
  { requirementId, round }: Requirement,
  context: CardContext,
  time: SiteTime,
): readonly string[] {
  return decisions
    .filter((d) => d.partHash === partHash && d.requirementId === requirementId && d.round === round - 1)
    .filter((d) => d.outcome === 'approved' && d.decidedBy !== 'clock')
    .map(({ decidedBy, decidedAt }) => {
      const you = context.viewer?.userId === decidedBy;
      const whose = you ? 'Your approval' : `The approval by ${nameIn(record, decidedBy, context)}`;
      return markdown`${whose} of ${time.day(decidedAt)} has expired, so it is asked again.`;
    });
}

function passedOver({ record }: CaseState, { userId, why, inPlace }: PassedOver, context: CardContext): string {
  const who = nameIn(record, userId, context, 'Somebody who was asked');
  return markdown`${who} ${whyWords[why]}; ${askedName(record, inPlace, context)} asked in their place.`;
}

function askedName(record: CaseState['record'], decider: Decider, context: CardContext): string {
  if (decider.kind === 'role') return `${roleName(decider.role)} was`;
  return decider.userId === context.viewer?.userId ? 'you were' : `${nameIn(record, decider.userId, context)} was`;
}

function escalated(at: string, time: SiteTime): string {
  return markdown`Nobody decided in time; others were asked as well on ${time.short(at)}.`;
}
