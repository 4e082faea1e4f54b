import { answerDigest } from '#bot/answer-digest';
import type { Action } from '#bot/bot-context';

export const approveDigest: Action = {
  verb: 'approve-digest',
  run: (call) => answerDigest(call, 'approved'),
};
