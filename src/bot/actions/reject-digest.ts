import { answerDigest } from '#bot/answer-digest';
import type { Action } from '#bot/bot-context';

export const rejectDigest: Action = {
  verb: 'reject-digest',
  run: (call) => answerDigest(call, 'rejected'),
};
