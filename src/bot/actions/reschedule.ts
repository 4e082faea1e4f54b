import { proposeReschedule } from '#bot/amend/reschedule';
import type { Action } from '#bot/bot-context';
import { unknownCase } from '#bot/notice';
import { parseCaseId } from '#domain/ids';

export const rescheduleAction: Action = {
  verb: 'reschedule',
  async run({ bot, sender, action }) {
    const caseId = parseCaseId(action.data['caseId'] ?? '');
    if (!caseId) return unknownCase(action.data['caseId'] ?? 'without an id');
    const { lastDay = '', lastTime = '' } = action.inputs;
    return proposeReschedule(bot, sender, caseId, `${lastDay} ${lastTime}`.trim());
  },
};
