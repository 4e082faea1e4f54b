import { answerReassign } from '#bot/answer-reassign';
import type { Action } from '#bot/bot-context';
import { unknownCase } from '#bot/notice';
import { parseCaseId } from '#domain/ids';

export const reassign: Action = {
  verb: 'reassign',
  async run({ bot, sender, action }) {
    const caseId = parseCaseId(action.data['caseId'] ?? '');
    if (!caseId) return unknownCase(action.data['caseId'] ?? 'without an id');
    const exceptionId = action.data['exceptionId'];
    const to = action.inputs[`to-${exceptionId ?? ''}`] ?? '';
    if (to === '')
      return { kind: 'text', text: 'Please choose who takes it: nothing was changed. Choose Reassign again.' };
    return answerReassign(bot, sender, {
      caseId,
      userId: sender.userId,
      ...(exceptionId ? { exceptionId } : {}),
      to: { kind: 'person', userId: to },
    });
  },
};
