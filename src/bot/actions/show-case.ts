import type { Action } from '#bot/bot-context';
import { unknownCase } from '#bot/notice';
import { viewCase } from '#bot/view-case';
import { parseCaseId } from '#domain/ids';

export const showCase: Action = {
  verb: 'show-case',
  async run({ bot, sender, action }) {
    const caseId = parseCaseId(action.data['caseId'] ?? '');
    return caseId ? viewCase(bot, sender, caseId) : unknownCase(action.data['caseId'] ?? 'without an id');
  },
};
