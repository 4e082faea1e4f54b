import type { BotContext } from '#bot/bot-context';
import type { Delivery } from '#bot/deliver/deliver-to';
import { sendTextOnce } from '#bot/deliver/send-text-once';
import type { CaseState } from '#domain/case-state';
import type { Question } from '#domain/question';
import { loadCase } from '#engine/load-case';
import { maySee } from '#engine/may-see';
import type { Chat } from '#engine/ports/chat';
import type { OutboxItem } from '#engine/ports/store';

const slot = /^(?<what>question|answer):(?<questionId>\d+)$/;

export function isQuestion({ kind }: OutboxItem): boolean {
  return slot.test(kind);
}

/** Says once that a question, or its answer, stands on the case's card. Names nobody: it stands in a preview on a phone. */
export async function deliverQuestion(bot: BotContext, chat: Chat, item: OutboxItem): Promise<Delivery> {
  const { engine } = bot;
  const { what, questionId } = slot.exec(item.kind)?.groups ?? {};
  const state = item.caseId ? await loadCase(engine.store, engine.tenantId, item.caseId) : undefined;
  const question = state?.questions.find((q) => q.questionId === questionId);
  if (!state || !question || state.record.cancelled) return { kind: 'sent' };
  // Whoever decides may hold no role in the case: their question says that they were shown it.
  const userId = item.audience.slice('person/'.length);
  if (question.askedBy !== userId && !(await maySee(engine, state, userId))) return { kind: 'sent' };
  const text = what === 'answer' ? answerText(question) : questionText(state, question);
  if (text) await sendTextOnce(bot, chat, item, state.record.caseId, text);
  return { kind: 'sent' };
}

/** `undefined`: somebody has answered meanwhile. */
function questionText({ record: { caseId } }: CaseState, { questionId, answer }: Question): string | undefined {
  if (answer) return undefined;
  return `Somebody who decides on case ${caseId} has a question for you. It stands on the case’s card: type case ${caseId} to see it, answer ${caseId} ${questionId} and your answer to answer it.`;
}

function answerText({ caseId }: Question): string {
  return `Your question on case ${caseId} is answered. Type case ${caseId} to see it.`;
}
