import type { BotContext, CommandCall, Sender } from '#bot/bot-context';
import { caseTime } from '#bot/case-time';
import { notice, unknownCase } from '#bot/notice';
import { viewCase, viewWish } from '#bot/view-case';
import type { CaseState } from '#domain/case-state';
import { type DeviationPart, deviationsOf } from '#domain/deviation-part';
import type { CaseId } from '#domain/ids';
import { type DecideRequest, decidePart } from '#engine/decide-part';
import { seesAsWorker } from '#engine/exception-owner';
import type { Reply } from '#engine/ports/chat';

/** Decides, and answers with the card as it is afterwards: for a click and for the text command alike. */
export async function answerDecision(bot: BotContext, sender: Sender, request: DecideRequest): Promise<Reply> {
  const decided = await decidePart(bot.engine, request);
  switch (decided.kind) {
    case 'decided':
    case 'already':
    case 'stale':
      // A stale card heals itself: the answer is the true one, with what really waits for this person.
      return answerCard(bot, sender, request, decided.state);
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

/** The card that was clicked, as it is now: a wish has its own. */
async function answerCard(bot: BotContext, sender: Sender, request: DecideRequest, state: CaseState): Promise<Reply> {
  const shown = request.shownHash.split(',');
  const wish = deviationsOf(state).find(({ partHash }) => shown.includes(partHash));
  const knows = wish && mayKnow(bot, sender, state, wish);
  return wish && knows ? viewWish(bot, sender, state, wish) : viewCase(bot, sender, request.caseId);
}

function mayKnow({ engine }: BotContext, { userId, roles }: Sender, state: CaseState, wish: DeviationPart): boolean {
  if (seesAsWorker(engine, state, userId, roles)) return true;
  if (state.decisions.some((d) => d.decidedBy === userId && d.partHash === wish.partHash)) return true;
  return wish.requirements.some(({ of }) => of.some((d) => d.kind === 'role' && roles.includes(d.role)));
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
