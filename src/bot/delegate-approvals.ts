import type { Act } from '#bot/act';
import { askToConfirm } from '#bot/ask-to-confirm';
import type { BotContext, Sender } from '#bot/bot-context';
import { notice } from '#bot/notice';
import { parseWhen } from '#bot/parse-when';
import { siteName } from '#cards/site-time';
import type { Instant } from '#domain/instant';
import type { Site } from '#domain/policy';
import type { PersonView } from '#domain/subject';
import { type DelegationFault, delegateApprovals, delegationFault, endDelegation } from '#engine/delegate-approvals';
import { delegationFrom } from '#engine/delegation';
import { findPeople, readPerson } from '#engine/directory';
import type { Engine } from '#engine/engine';
import type { Reply } from '#engine/ports/chat';
import { siteOf } from '#engine/site-of';

/** Shows back who would decide, and until when. */
export async function proposeDelegation(bot: BotContext, sender: Sender, typed: string, when: string): Promise<Reply> {
  const { engine } = bot;
  const people = await findPeople(engine.graph, typed);
  const [to] = people;
  if (!to) return refused(`Nobody is called “${typed}”. Write the name in full, or the sign-in name.`);
  if (people.length > 1) {
    const names = people.map((one) => one.userPrincipalName).join(', ');
    return refused(`Several people are called “${typed}”. Write the sign-in name: ${names}.`);
  }
  const site = await ownSite(engine, sender);
  const until = endOf(engine, when, site);
  if (!until)
    return refused(
      `“${when}” is no date I can read. Write it like 2026-11-27 or 27 Nov 2026: delegate approvals to ${to.displayName} until 27 Nov 2026.`,
    );
  const fault = delegationFault(engine, sender.userId, to, until);
  if (fault) return refused(faultWords(fault, to));
  return askToConfirm(bot, sender, {
    verb: 'delegate-approvals',
    values: { to: to.userId, until },
    title: `Let ${to.displayName} decide for you?`,
    facts: [
      { title: 'Who decides', value: `${to.displayName} (${to.userPrincipalName}), and you` },
      { title: 'Until', value: momentWords(engine, until, site) },
    ],
    consequences: [
      'What waits for you now is shown to them at once, and what comes until then as well.',
      'They decide in their own name; the record says that you delegated it. They cannot pass it on.',
      'Never theirs: cases about themselves, what they asked for, a mailbox they would get, and what only HR confirms.',
    ],
  });
}

/** Shows back whose delegation would end. */
export async function proposeEnd(bot: BotContext, sender: Sender): Promise<Reply> {
  const { engine } = bot;
  const present = await delegationFrom(engine, sender.userId);
  if (!present) return notice('Nobody decides for you', ['Nothing was changed.']);
  const to = await readPerson(engine.graph, present.to);
  return askToConfirm(bot, sender, {
    verb: 'delegate-approvals',
    values: { to: 'nobody' },
    title: 'Decide by yourself again?',
    facts: [
      { title: 'Until now', value: to?.displayName ?? 'a colleague' },
      { title: 'Was to end', value: momentWords(engine, present.until, await ownSite(engine, sender)) },
    ],
    consequences: ['What they decided stays decided.'],
  });
}

export const delegateAct: Act = async ({ engine }, sender, { values }) => {
  const { to: chosen = 'nobody', until = '' } = values;
  if (chosen === 'nobody') {
    await endDelegation(engine, sender.userId);
    return notice('You decide by yourself again', ['Nobody else decides in your place any more.'], 'accent');
  }
  const to = await readPerson(engine.graph, chosen);
  if (!to) return refused('That account is gone. Choose somebody else.');
  const fault = delegationFault(engine, sender.userId, to, until);
  if (fault) return refused(faultWords(fault, to));
  await delegateApprovals(engine, sender.userId, to.userId, until);
  const end = momentWords(engine, until, await ownSite(engine, sender));
  return notice(
    `${to.displayName} decides for you`,
    [`Until ${end}. To end it before, type delegate approvals to nobody.`],
    'accent',
  );
};

function refused(line: string): Reply {
  return notice('Nothing was delegated', [line], 'attention');
}

function faultWords(fault: DelegationFault, { displayName }: PersonView): string {
  switch (fault) {
    case 'oneself':
      return 'You decide for yourself already. Choose a colleague.';
    case 'guest':
      return `${displayName} is a guest; only a colleague can decide for you.`;
    case 'disabled':
      return `${displayName} cannot sign in, so could not decide for you.`;
    case 'past':
      return 'That date is over. Choose one that is still to come.';
    case 'too-long':
      return 'A delegation lasts 92 days at the most. Choose an earlier date, and delegate again then.';
  }
}

/** A day without a time is meant whole. */
function endOf({ calendar, clock }: Engine, typed: string, site: Site): Instant | undefined {
  const when = parseWhen(typed, site.zone, clock.tenantNow());
  if (when.kind !== 'at' || !when.local.date) return undefined;
  if (when.local.time) return calendar.toInstant({ date: when.local.date, time: when.local.time }, site.zone);
  const start = calendar.toInstant({ date: when.local.date, time: '12:00' }, site.zone);
  return start && calendar.endOfLocalDay(start, site.zone);
}

function momentWords({ calendar, policy }: Engine, until: Instant, site: Site): string {
  const { time } = calendar.toLocal(until, site.zone);
  const where = siteName({ officeLocation: site.name }, site.zone, policy);
  if (time !== '00:00') return `${calendar.longText(until, site.zone)} (${where})`;
  const dayBefore = calendar.plusDays(until, -1, site.zone);
  return `the end of ${calendar.longText(dayBefore, site.zone).replace(/ at .*$/, '')} (${where})`;
}

async function ownSite(engine: Engine, { userId }: Sender): Promise<Site> {
  const person = await readPerson(engine.graph, userId);
  return siteOf(engine.policy, person ?? { userId, displayName: '', userPrincipalName: '' });
}
