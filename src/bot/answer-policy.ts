import type { BotContext, CommandCall, Sender } from '#bot/bot-context';
import { endedMessage, policyMessage, proposalFor } from '#bot/house/policy';
import { shownPolicyKey } from '#bot/house/record-policy-shown';
import { notice } from '#bot/notice';
import { siteTime } from '#cards/site-time';
import type { Reply } from '#engine/ports/chat';
import { readNames } from '#engine/read-names';
import { type SignPolicyRequest, signPolicy } from '#engine/sign-policy';

/** What waits for a signature, or else the rules in force, as this person may see them. */
export async function showPolicy(bot: BotContext, sender: Sender, said?: string): Promise<Reply> {
  const { store, tenantId, graph } = bot.engine;
  const [proposed, inForce] = await Promise.all([
    store.get(tenantId, 'policyVersion', 'proposed'),
    store.get(tenantId, 'policyVersion', 'in-force'),
  ]);
  if (proposed && !proposed.body.rejected) {
    const { whenSent, ...card } = await proposalFor(bot, proposed.body, sender.userId, 'asked for', said);
    await whenSent?.();
    return { kind: 'card', ...card };
  }
  if (!inForce)
    return notice('No rules were signed here', ['Latchkey only observes: the policy file counts as it is.']);
  const { signedBy } = inForce.body;
  const by =
    signedBy === undefined
      ? undefined
      : ((await readNames(graph, [signedBy])).get(signedBy) ?? 'somebody who has left since');
  const standing = { kind: 'in-force', ...(by === undefined ? {} : { by }) } as const;
  return { kind: 'card', ...(await policyMessage(bot, inForce.body, standing, said)) };
}

/** Signs or rejects, and answers with the card as it is afterwards: for a click and for the text command alike. */
export async function answerPolicy(bot: BotContext, sender: Sender, request: SignPolicyRequest): Promise<Reply> {
  const signed = await signPolicy(bot.engine, request);
  switch (signed.kind) {
    case 'done': {
      const ended = await bot.engine.store.get(bot.engine.tenantId, 'policyVersion', signed.proposalId);
      if (!ended) throw new Error(`the signed rules ${signed.proposalId} are not kept`);
      return { kind: 'card', ...(await endedMessage(bot, ended.body)) };
    }
    case 'not-waiting':
      return showPolicy(bot, sender, 'What you saw does not wait for a signature any more: nothing was changed.');
    case 'too-much':
      return showPolicy(bot, sender);
    case 'reason-wanted':
      return { kind: 'text', text: 'Please say why: nothing was decided yet. Type reject policy and the reason.' };
    case 'newcomer':
      return notice('You joined a short while ago', [
        `You can sign rules from ${momentHere(bot, signed.from)}. Somebody else who signs them can do it now. Nothing was changed.`,
      ]);
    case 'not-yours':
      return notice(
        'The rules are not yours to sign',
        ['An approver or IT leadership signs them. Nothing was changed.'],
        'attention',
      );
  }
}

function momentHere({ engine }: BotContext, instant: string): string {
  const { policy, calendar } = engine;
  const zone = policy.sites.find(({ name }) => name === policy.defaultSite)?.zone ?? 'utc';
  return siteTime({ officeLocation: policy.defaultSite }, zone, { calendar, policy }).long(instant);
}

/** Decides by text what this person was last shown, and nothing newer. Shown nothing yet, it is shown. */
export async function decidePolicyByText(
  { bot, sender }: CommandCall,
  decision: Pick<SignPolicyRequest, 'outcome' | 'reason'>,
): Promise<Reply> {
  const { store, tenantId } = bot.engine;
  const shown = await store.get(tenantId, 'shown', shownPolicyKey(sender.userId));
  const hash = shown?.body.partHashes[0];
  if (hash === undefined) return showPolicy(bot, sender);
  return answerPolicy(bot, sender, { ...decision, userId: sender.userId, hash });
}
