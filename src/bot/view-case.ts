import type { BotContext, Sender } from '#bot/bot-context';
import { unknownCase } from '#bot/notice';
import { recordShown } from '#bot/record-shown';
import {
  type Rendered,
  renderCompleted,
  renderDecision,
  renderException,
  renderProgress,
  viewerOf,
} from '#bot/render-case';
import { type CaseState, openExceptions } from '#domain/case-state';
import type { CaseId } from '#domain/ids';
import { decidableBy } from '#engine/decide-part';
import type { Engine } from '#engine/engine';
import { loadCase } from '#engine/load-case';
import { isSubject, type Sees, seesAs } from '#engine/may-see';
import type { Reply } from '#engine/ports/chat';

/** The case as it stands, as this person may see it; one answer for "there is none" and "none for you". Every view is evidence. */
export async function viewCase(
  { engine }: BotContext,
  sender: Sender,
  caseId: CaseId,
): Promise<Reply & { kind: 'card' }> {
  const state = await loadCase(engine.store, engine.tenantId, caseId);
  const sees =
    state &&
    (seesAs(state.record, engine, sender.userId, sender.roles) ?? (await seesAsDecider(engine, state, sender)));
  if (!state || !sees) return unknownCase(caseId);
  const rendered = await present(engine, state, sender, sees);
  await recordShown(engine, state, sender.userId, rendered, 'asked for');
  return { kind: 'card', card: rendered.card, summary: rendered.summary };
}

/** Who decides without holding a role (the fallback for a missing manager, a stand-in, a delegate), and who has. */
async function seesAsDecider(engine: Engine, state: CaseState, { userId }: Sender): Promise<Sees | undefined> {
  if (isSubject(state.record, userId)) return undefined;
  if (state.decisions.some(({ decidedBy }) => decidedBy === userId)) return 'manager';
  return (await decidableBy(engine, state, userId)).length > 0 ? 'manager' : undefined;
}

async function present(engine: Engine, state: CaseState, sender: Sender, sees: Sees): Promise<Rendered> {
  const viewer = viewerOf(sender.userId, sees);
  if (state.record.milestones.completedAt) return renderCompleted(engine, state, viewer);
  const deciding = await decidableBy(engine, state, sender.userId);
  if (deciding.length > 0) return renderDecision(engine, state, viewer, deciding);
  const works = sender.roles.includes('it') || sender.roles.includes('itLeadership');
  if (works && sees !== 'requester' && openExceptions(state).length > 0) return renderException(engine, state, viewer);
  return renderProgress(engine, state, viewer);
}
