import type { BotContext, Sender } from '#bot/bot-context';
import { notice, unknownCase } from '#bot/notice';
import { renderException, viewerOf } from '#bot/render-case';
import { seesAsWorker } from '#engine/exception-owner';
import type { Reply } from '#engine/ports/chat';
import { type ResolveRequest, resolveException } from '#engine/resolve-exception';

/** Takes up what somebody in IT wants done about an exception, and answers with the card as it is afterwards. */
export async function answerException(bot: BotContext, sender: Sender, request: ResolveRequest): Promise<Reply> {
  const { engine } = bot;
  const resolved = await resolveException(engine, request);
  switch (resolved.kind) {
    case 'taken':
    case 'already': {
      const sees = seesAsWorker(engine, resolved.state, sender.userId, sender.roles) ?? 'it';
      const rendered = await renderException(engine, resolved.state, viewerOf(sender.userId, sees));
      return { kind: 'card', card: rendered.card, summary: rendered.summary };
    }
    case 'which': {
      const lines = resolved.open.map((e) => `${e.exceptionId}: ${e.title}`);
      return notice(`Which one of case ${request.caseId}?`, ['Put its number behind the case id.', ...lines], 'accent');
    }
    case 'note-wanted':
      // A card in answer to a click would take the place of the one whose button is to be chosen again.
      return {
        kind: 'text',
        text: `Please say what you did: nothing was recorded yet. Write it and choose Done by hand again, or type done ${request.caseId} and what you did.`,
      };
    case 'not-yours':
      return notice(
        'This exception is not yours to work',
        ['Nothing was changed. Being in the channel gives no right: the owning group works it.'],
        'attention',
      );
    case 'unknown':
      return unknownCase(request.caseId);
  }
}
