import { decideByText } from '#bot/answer-decision';
import { decidePolicyByText } from '#bot/answer-policy';
import type { Command } from '#bot/bot-context';
import { takeCaseId } from '#bot/case-argument';
import { notice } from '#bot/notice';

export const rejectCommand: Command = {
  name: 'reject',
  usage: 'reject <id> <reason>',
  summary: 'reject what you were last shown of a case, and say why',
  async run(call) {
    const policy = /^policy\b\s*(.*)$/i.exec(call.rest);
    if (policy) return [await decidePolicyByText(call, { outcome: 'rejected', reason: policy[1] ?? '' })];
    const named = takeCaseId(call.rest);
    if (!named)
      return [notice('Which case?', ['Type reject, its id and why: reject L-104 the mailbox goes to Priya instead.'])];
    return [await decideByText(call, named.caseId, { outcome: 'rejected', reason: named.rest })];
  },
};
