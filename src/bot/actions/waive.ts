import type { Action } from '#bot/bot-context';
import { unknownCase } from '#bot/notice';
import { wishOtherwise } from '#bot/wish-otherwise';
import { parseCaseId } from '#domain/ids';

export const waive: Action = {
  verb: 'waive',
  async run({ bot, sender, action }) {
    const caseId = parseCaseId(action.data['caseId'] ?? '');
    if (!caseId) return unknownCase(action.data['caseId'] ?? 'without an id');
    const exceptionId = action.data['exceptionId'];
    const inputOf = (name: string) => action.inputs[`${name}-${exceptionId ?? ''}`] ?? '';
    return wishOtherwise(bot, sender, {
      caseId,
      wish: { kind: 'waive', ...(exceptionId ? { exceptionId } : {}) },
      typed: `${inputOf('until')} ${inputOf('reason').trim().slice(0, 500)}`.trim(),
      onCard: true,
    });
  },
};
