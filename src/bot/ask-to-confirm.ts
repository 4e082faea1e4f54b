import type { BotContext, Sender } from '#bot/bot-context';
import { type Confirmation, confirmCard, confirmSummary, confirmView } from '#cards/confirm';
import { houseChain } from '#domain/evidence';
import type { PendingAct } from '#domain/house';
import type { Reply } from '#engine/ports/chat';

/** What a command is about to do: `verb` names its handler in `#bot/acts`, `values` are what that handler needs besides the case. */
export interface Proposal extends Omit<Confirmation, 'actId'> {
  readonly verb: string;
  readonly values: PendingAct['values'];
}

/** Kept under its owner's id: nobody else's click finds it. */
export function actKey(userId: string, actId: string): string {
  return `${userId}/${actId}`;
}

/** Shows back what would happen and keeps what it takes to do it; nothing happens before this same person confirms. */
export async function askToConfirm(
  { engine }: BotContext,
  sender: Sender,
  proposal: Proposal,
): Promise<Reply & { kind: 'card' }> {
  const { verb, values, ...shown } = proposal;
  const act: PendingAct = {
    actId: engine.random.uuid(),
    caseId: proposal.caseId ?? houseChain,
    userId: sender.userId,
    verb,
    values,
    madeAt: engine.clock.tenantNow(),
  };
  const write = { collection: 'act', key: actKey(act.userId, act.actId), expect: 0, body: act } as const;
  const result = await engine.store.commit({ tenantId: engine.tenantId, state: [write], evidence: [], outbox: [] });
  if (!result.ok) throw new Error(`what ${verb} would do could not be kept: ${result.reason}`);
  const view = confirmView({ ...shown, actId: act.actId });
  return { kind: 'card', card: confirmCard(view), summary: confirmSummary(view) };
}
