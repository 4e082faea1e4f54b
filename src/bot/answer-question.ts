import type { BotContext, Sender } from '#bot/bot-context';
import { notice, unknownCase } from '#bot/notice';
import { viewCase } from '#bot/view-case';
import { type AnswerRequest, answerQuestion } from '#engine/answer-question';
import { askQuestion } from '#engine/ask-question';
import type { Reply } from '#engine/ports/chat';

/** Asks, and answers with the card on which the question stands. */
export async function putQuestion(bot: BotContext, sender: Sender, caseId: string, text: string): Promise<Reply> {
  const asked = await askQuestion(bot.engine, { caseId, userId: sender.userId, text });
  switch (asked.kind) {
    case 'asked':
      return viewCase(bot, sender, caseId);
    case 'text-wanted':
      // A card in answer to a click would take the place of the one whose button is to be chosen again.
      return { kind: 'text', text: `Please write what you want to know: ask ${caseId} and the question.` };
    case 'not-yours':
      return notice(
        `No decision of case ${caseId} waits for you`,
        ['Only somebody who has to decide can ask. Nothing was sent.'],
        'attention',
      );
    case 'unknown':
      return unknownCase(caseId);
  }
}

/** Answers, and shows the case as it is afterwards. */
export async function giveAnswer(
  bot: BotContext,
  sender: Sender,
  request: Omit<AnswerRequest, 'userId'>,
): Promise<Reply> {
  const { caseId } = request;
  const answered = await answerQuestion(bot.engine, { ...request, userId: sender.userId });
  switch (answered.kind) {
    case 'answered':
    case 'already':
      return viewCase(bot, sender, caseId);
    case 'which': {
      const lines = answered.open.map(({ questionId, text }) => `${questionId}: ${text}`);
      return notice(
        `Which question of case ${caseId}?`,
        [`Put its number behind the case id: answer ${caseId} 1 and your answer.`, ...lines],
        'accent',
      );
    }
    case 'text-wanted':
      return {
        kind: 'text',
        text: `Please write the answer: answer ${caseId} ${answered.question.questionId} and your answer.`,
      };
    case 'not-yours':
      return notice(
        `The questions of case ${caseId} are not yours to answer`,
        ['Whoever asked for the case answers them, or HR. Nothing was recorded.'],
        'attention',
      );
    case 'unknown':
      return unknownCase(caseId);
  }
}
