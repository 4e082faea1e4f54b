import type { ActionCall } from '#bot/bot-context';
import { digestFor } from '#bot/house/digest';
import { notice } from '#bot/notice';
import { chooseAll, chosenBy } from '#cards/digest';
import { plural } from '#cards/plural';
import type { CaseId } from '#domain/ids';
import { decisionsWaiting } from '#engine/decisions-waiting';
import { type Came, decideFromDigest } from '#engine/digest';
import type { Reply } from '#engine/ports/chat';

/** Decides what was chosen from the list, and answers with the list as it is afterwards. */
export async function answerDigest(
  { bot, sender, action }: ActionCall,
  outcome: 'approved' | 'rejected',
): Promise<Reply> {
  const chosen = Object.entries(action.inputs).flatMap(([id, value]) => (value === 'true' ? (chosenBy(id) ?? []) : []));
  const decided = await decideFromDigest(bot.engine, {
    userId: sender.userId,
    digestId: action.data['digestId'] ?? '',
    chosen: action.inputs[chooseAll] === 'true' ? 'all' : chosen,
    outcome,
    ...(action.inputs['reason'] ? { reason: action.inputs['reason'] } : {}),
  });
  switch (decided.kind) {
    case 'unknown':
      return notice(
        'This list is not yours',
        ["Nothing was decided. Type 'approvals' to see what waits for you."],
        'attention',
      );
    case 'reason-wanted':
      // A card in answer would take the place of the one whose button is to be chosen again.
      return {
        kind: 'text',
        text: 'Please say why: nothing was decided yet. Write the reason and choose Reject chosen again.',
      };
    case 'none-chosen':
      return { kind: 'text', text: 'Nothing was chosen, so nothing was decided. Choose at least one, then decide.' };
    case 'decided': {
      const waiting = await decisionsWaiting(bot.engine, sender.userId);
      const { whenSent, ...card } = await digestFor(
        bot,
        sender.userId,
        waiting,
        'asked for',
        said(outcome, decided.cases),
      );
      await whenSent?.();
      return { kind: 'card', ...card };
    }
  }
}

const others: Readonly<Record<Exclude<Came, 'decided'>, string>> = {
  already: 'somebody has decided it already.',
  stale: 'it has changed since, so nothing was decided; it stands here as it is now.',
  'reason-wanted': 'it wants a reason.',
  'not-yours': 'it is not yours to decide any more.',
  newcomer: 'you joined a short while ago, and it is elevated: you cannot decide it yet.',
  unknown: 'there is no such case for you.',
  unread: 'it is elevated: open it to decide.',
};

function said(outcome: string, cases: readonly { readonly caseId: CaseId; readonly came: Came }[]): readonly string[] {
  const done = cases.filter(({ came }) => came === 'decided').map(({ caseId }) => caseId);
  return [
    ...(done.length > 0 ? [`${plural(done.length, 'case')} ${outcome}: ${done.join(', ')}.`] : []),
    ...cases.flatMap(({ caseId, came }) => (came === 'decided' ? [] : [`${caseId}: ${others[came]}`])),
  ];
}
