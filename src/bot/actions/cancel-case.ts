import { proposeCancel } from '#bot/amend/cancel';
import type { Action } from '#bot/bot-context';
import { unknownCase } from '#bot/notice';
import { parseCaseId } from '#domain/ids';

export const cancelCaseAction: Action = {
  verb: 'cancel-case',
  async run({ bot, sender, action }) {
    const caseId = parseCaseId(action.data['caseId'] ?? '');
    if (!caseId) return unknownCase(action.data['caseId'] ?? 'without an id');
    return proposeCancel(bot, sender, caseId, action.inputs['reason'] ?? '');
  },
};
