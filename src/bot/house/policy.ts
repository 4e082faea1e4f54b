import type { BotContext } from '#bot/bot-context';
import { cardContext } from '#bot/card-context';
import type { HouseAudience, HouseCard, HouseMessage } from '#bot/house/house-card';
import { recordPolicyShown } from '#bot/house/record-policy-shown';
import { policyChangeCard, policyChangeSummary, policyChangeView } from '#cards/policy-change';
import type { PolicyChange, PolicyStanding } from '#cards/policy-standing';
import { idsIn } from '#cards/policy-words';
import { siteTime } from '#cards/site-time';
import { type PolicyVersion, proposalId } from '#domain/house';
import type { UserId } from '#domain/ids';
import { isReadable } from '#domain/readable-difference';
import type { Engine } from '#engine/engine';
import { readNames } from '#engine/read-names';
import { rightToSign } from '#engine/sign-policy';

/** A set of rules that was proposed, refused by the machine, or taken without a signature, as it stands now. */
export const policy: HouseCard = async (bot, id, audience) => {
  const { store, tenantId } = bot.engine;
  const version = async (key: string) => (await store.get(tenantId, 'policyVersion', key))?.body;
  if (id.startsWith('unusable/')) return fileMessage(bot, id, await version('unusable'));
  if (id.startsWith('upgrade/')) {
    const inForce = await version('in-force');
    return inForce?.adopted === 'upgrade' ? policyMessage(bot, inForce, { kind: 'upgraded' }) : undefined;
  }
  const proposed = await version('proposed');
  const waits = proposed !== undefined && proposalId(proposed) === id && !proposed.rejected;
  if (waits) return waitingMessage(bot, proposed, audience);
  const ended = await version(id);
  // Whoever was not asked in time has nothing to do.
  if (!ended || !(await wasTold(bot, audience, id))) return undefined;
  return audience.kind === 'channel' ? endedInChannel(bot, ended) : endedMessage(bot, ended);
};

async function wasTold({ engine }: BotContext, audience: HouseAudience, id: string): Promise<boolean> {
  if (audience.kind === 'channel') return true;
  const key = `house/person/${audience.userId}/policy/${id}`;
  return (await engine.store.get(engine.tenantId, 'sentCard', key)) !== undefined;
}

async function fileMessage(bot: BotContext, id: string, unusable: PolicyVersion | undefined): Promise<HouseMessage> {
  const hash = id.slice('unusable/'.length);
  if (unusable?.hash === hash) return policyMessage(bot, unusable, { kind: 'unusable' });
  return policyMessage(bot, { hash, text: '', seenAt: bot.engine.clock.tenantNow() }, { kind: 'mended' });
}

async function waitingMessage(
  bot: BotContext,
  proposed: PolicyVersion,
  audience: HouseAudience,
): Promise<HouseMessage> {
  if (audience.kind === 'channel') return policyMessage(bot, proposed, { kind: 'elsewhere' });
  return proposalFor(bot, proposed, audience.userId, 'sent');
}

/** What waits for a signature as one person may see it. That they were shown it is on the record: a text command signs that and nothing newer. */
export async function proposalFor(
  bot: BotContext,
  proposed: PolicyVersion,
  userId: UserId,
  how: 'sent' | 'asked for',
  said?: string,
): Promise<HouseMessage> {
  const message = await policyMessage(bot, proposed, await standingFor(bot.engine, proposed, userId), said);
  return { ...message, whenSent: () => recordPolicyShown(bot.engine, userId, proposed.hash, message.card, how) };
}

async function standingFor(engine: Engine, proposed: PolicyVersion, userId: UserId): Promise<PolicyStanding> {
  const right = await rightToSign(engine, userId);
  switch (right.kind) {
    case 'newcomer':
      return { kind: 'waiting', may: 'too-new', from: right.from };
    case 'not-yours':
      return { kind: 'waiting', may: 'read' };
    case 'right':
      return { kind: 'waiting', may: isReadable(proposed.differences ?? []) ? 'sign' : 'too-much' };
  }
}

/** A proposal that was signed, rejected or taken back. */
export async function endedMessage(bot: BotContext, ended: PolicyVersion, said?: string): Promise<HouseMessage> {
  const by = ended.signedBy ?? ended.rejected?.by;
  if (by === undefined) return policyMessage(bot, ended, { kind: 'withdrawn' }, said);
  const name = (await readNames(bot.engine.graph, [by])).get(by) ?? 'Somebody who has left since';
  return policyMessage(bot, ended, { kind: ended.rejected ? 'rejected' : 'signed', by: name }, said);
}

/** Others read along: nobody is named there, and what differs may name people. */
async function endedInChannel(
  bot: BotContext,
  { differences: _namesPeople, ...ended }: PolicyVersion,
): Promise<HouseMessage> {
  if (ended.signedBy) return policyMessage(bot, ended, { kind: 'signed' });
  return policyMessage(bot, ended, { kind: ended.rejected ? 'rejected' : 'withdrawn' });
}

export async function policyMessage(
  { engine }: BotContext,
  version: PolicyVersion,
  standing: PolicyStanding,
  said?: string,
): Promise<HouseMessage> {
  const ids = (version.differences ?? []).flatMap(({ before, after }) => [...idsIn(before), ...idsIn(after)]);
  const names = await readNames(engine.graph, ids);
  const context = cardContext(engine, 'leaver');
  const site = context.policy.sites.find(({ name }) => name === context.policy.defaultSite);
  const time = siteTime({ officeLocation: context.policy.defaultSite }, site?.zone ?? 'utc', context);
  const change: PolicyChange = {
    version,
    standing,
    long: time.long,
    nameOf: (id) => names.get(id),
    ...(said === undefined ? {} : { said }),
  };
  const view = policyChangeView(change);
  return { card: policyChangeCard(view), summary: policyChangeSummary(view) };
}
