import { answerPolicy } from '#bot/answer-policy';
import type { Action } from '#bot/bot-context';

export const rejectPolicy: Action = {
  verb: 'reject-policy',
  async run({ bot, sender, action }) {
    const reason = action.inputs['reason'] ?? '';
    const hash = action.data['policyHash'] ?? '';
    return answerPolicy(bot, sender, { userId: sender.userId, hash, outcome: 'rejected', reason });
  },
};
