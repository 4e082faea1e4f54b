import { decideByText } from '#bot/answer-decision';
import type { Command } from '#bot/bot-context';
import { takeCaseId } from '#bot/case-argument';
import { notice } from '#bot/notice';

/** What the button does, for phones on which cards fail. Approves what this person was last shown; shown nothing yet, it shows it. */
export const approveCommand: Command = {
  name: 'approve',
  usage: 'approve <id>',
  summary: 'approve what you were last shown of a case',
  async run(call) {
    const named = takeCaseId(call.rest);
    if (!named)
      return [
        notice('Which case?', ['Type approve and its id, like approve L-104. approvals lists what waits for you.']),
      ];
    return [await decideByText(call, named.caseId, { outcome: 'approved' })];
  },
};
