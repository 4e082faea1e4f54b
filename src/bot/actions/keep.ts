import type { Action } from '#bot/bot-context';
import { unknownCase } from '#bot/notice';
import { viewCase } from '#bot/view-case';
import { wishOtherwise } from '#bot/wish-otherwise';
import { holdWord } from '#cards/manage-case';
import { parseCaseId } from '#domain/ids';

/** Asks from the case card that something, or everything, is left alone for a while; the card then shows who has to sign. */
export const keep: Action = {
  verb: 'keep',
  async run({ bot, sender, action }) {
    const caseId = parseCaseId(action.data['caseId'] ?? '');
    if (!caseId) return unknownCase(action.data['caseId'] ?? 'without an id');
    const word = action.inputs['what'] ?? '';
    const answer = await wishOtherwise(bot, sender, {
      caseId,
      wish: word === holdWord ? { kind: 'hold' } : { kind: 'keep', word },
      typed: `${action.inputs['until'] ?? ''} ${(action.inputs['why'] ?? '').trim().slice(0, 500)}`.trim(),
      onCard: true,
    });
    return answer.kind === 'card' ? viewCase(bot, sender, caseId) : answer;
  },
};
