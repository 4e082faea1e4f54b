import { proposeHandOver } from '#bot/amend/change';
import type { Action } from '#bot/bot-context';
import { unknownCase } from '#bot/notice';
import { parseCaseId } from '#domain/ids';

/** A client that leaves an input out means "as it was". */
export const changeHandOverAction: Action = {
  verb: 'change-hand-over',
  async run({ bot, sender, action }) {
    const caseId = parseCaseId(action.data['caseId'] ?? '');
    if (!caseId) return unknownCase(action.data['caseId'] ?? 'without an id');
    const { delegate, autoReply } = action.inputs;
    return proposeHandOver(bot, sender, caseId, {
      ...(delegate === undefined ? {} : { delegate: delegate.trim() }),
      ...(autoReply === undefined ? {} : { autoReply }),
    });
  },
};
