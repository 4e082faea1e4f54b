import type { BotContext, CommandCall, Sender } from '#bot/bot-context';
import { caseTime } from '#bot/case-time';
import { notice, unknownCase } from '#bot/notice';
import { viewCase } from '#bot/view-case';
import type { CaseId } from '#domain/ids';
import { type DecideRequest, decidePart } from '#engine/decide-part';
import type { Reply } from '#engine/ports/chat';

/** Decides, and answers with the card as it is afterwards: for a click and for the text command alike. */
export async function answerDecision(bot: BotContext, sender: Sender, request: DecideRequest): Promise<Reply> {
  const decided = await decidePart(bot.engine, request);
  switch (decided.kind) {
    case 'decided':
    case 'already':
    case 'stale':
      // A stale card heals itself: the answer is the true one, with what really waits for this person.
      return viewCase(bot, sender, request.caseId);
    case 'reason-wanted':
      // A card in answer to a click would take the place of the one whose Reject is to be chosen again.
      return {
        kind: 'text',
        text: `Please say why: nothing was decided yet. Write the reason and choose Reject again, or type reject ${request.caseId} and the reason.`,
      };
    case 'newcomer':
      return notice(
        `You cannot decide on case ${request.caseId} yet`,
        [
          `You joined ${bot.engine.policy.people[decided.role].name} only lately. From ${caseTime(bot.engine, decided.state.record).long(decided.from)} on you decide what is elevated, too. Nothing was changed; the others have been asked.`,
        ],
        'attention',
      );
    case 'not-yours':
      return notice(
        `Case ${request.caseId} is not yours to decide`,
        ['Nothing was changed. The people who decide on it have been asked.'],
        'attention',
      );
    case 'unknown':
      return unknownCase(request.caseId);
  }
}

/** Decides by text, for phones on which cards fail: what this person was last shown, and nothing newer. Shown nothing yet, it is shown. */
export async function decideByText(
  { bot, sender }: CommandCall,
  caseId: CaseId,
  decision: Pick<DecideRequest, 'outcome' | 'reason'>,
): Promise<Reply> {
  const shownHash = await lastShown(bot, sender, caseId);
  if (!shownHash) return viewCase(bot, sender, caseId);
  return answerDecision(bot, sender, { ...decision, caseId, userId: sender.userId, shownHash });
}

/** The hash of what this person was last shown to decide; `undefined`: nothing yet, so there is nothing they could mean. */
async function lastShown({ engine }: BotContext, sender: Sender, caseId: CaseId): Promise<string | undefined> {
  const shown = await engine.store.get(engine.tenantId, 'shown', `${caseId}/${sender.userId}`);
  return shown && shown.body.partHashes.length > 0 ? shown.body.partHashes.join(',') : undefined;
}
