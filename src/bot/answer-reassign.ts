import type { BotContext, Sender } from '#bot/bot-context';
import { notice, unknownCase } from '#bot/notice';
import { renderException, viewerOf } from '#bot/render-case';
import { seesAsWorker } from '#engine/exception-owner';
import type { Reply } from '#engine/ports/chat';
import { type Reassigned, type ReassignRequest, reassignException } from '#engine/reassign-exception';

const reasons: Readonly<Record<(Reassigned & { kind: 'cannot-take' })['why'], string>> = {
  subject: 'Nobody works an exception of their own case.',
  disabled: 'That account cannot sign in, or is gone.',
  'no-role': 'Only people in HR, IT, IT leadership or the approvers can be given an exception.',
};

/** Gives an exception to somebody else, and answers with the card as it is afterwards. */
export async function answerReassign(bot: BotContext, sender: Sender, request: ReassignRequest): Promise<Reply> {
  const { engine } = bot;
  const reassigned = await reassignException(engine, request);
  switch (reassigned.kind) {
    case 'reassigned':
    case 'already': {
      // Whoever gave it away may have lost sight of the case with it.
      const sees = seesAsWorker(engine, reassigned.state, sender.userId, sender.roles);
      if (!sees) return notice('It is theirs now', [`Case ${request.caseId}: they have been told.`], 'good');
      const rendered = await renderException(engine, reassigned.state, viewerOf(sender.userId, sees));
      return { kind: 'card', card: rendered.card, summary: rendered.summary };
    }
    case 'nothing-open':
      return notice('Nothing is open there', [`Case ${request.caseId} has no such open exception.`]);
    case 'which':
      return notice(
        `Which one of case ${request.caseId}?`,
        ['Put its number behind the case id.', ...reassigned.open.map((e) => `${e.exceptionId}: ${e.title}`)],
        'accent',
      );
    case 'cannot-take':
      return notice('They cannot take it', ['Nothing was changed.', reasons[reassigned.why]], 'attention');
    case 'not-yours':
      return notice(
        'This exception is not yours to give away',
        ['Nothing was changed. Its owner or IT leadership can.'],
        'attention',
      );
    case 'unknown':
      return unknownCase(request.caseId);
  }
}
