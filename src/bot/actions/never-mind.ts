import type { Action } from '#bot/bot-context';
import { forgetAct } from '#bot/confirm-act';

export const neverMind: Action = {
  verb: 'never-mind',
  async run({ bot, sender, action }) {
    return forgetAct(bot, sender, action.data['actId'] ?? '');
  },
};
