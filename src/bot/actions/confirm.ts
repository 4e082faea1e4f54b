import type { Action } from '#bot/bot-context';
import { confirmAct } from '#bot/confirm-act';

/** The card says which question was answered; what it was, and whose, is read from the store. */
export const confirm: Action = {
  verb: 'confirm',
  async run({ bot, sender, action }) {
    return confirmAct(bot, sender, action.data['actId'] ?? '');
  },
};
