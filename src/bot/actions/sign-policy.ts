import { answerPolicy } from '#bot/answer-policy';
import type { Action } from '#bot/bot-context';

/** The card only says which rules it showed; who may sign them is read at this moment. */
export const signPolicyAction: Action = {
  verb: 'sign-policy',
  async run({ bot, sender, action }) {
    const hash = action.data['policyHash'] ?? '';
    return answerPolicy(bot, sender, { userId: sender.userId, hash, outcome: 'approved' });
  },
};
