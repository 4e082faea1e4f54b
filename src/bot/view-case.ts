import type { BotContext, Sender } from '#bot/bot-context';
import { unknownCase } from '#bot/notice';
import { recordShown } from '#bot/record-shown';
import {
  type Rendered,
  renderCompleted,
  renderDecision,
  renderDeviation,
  renderException,
  renderProgress,
  viewerOf,
} from '#bot/render-case';
import { type CaseState, openExceptions } from '#domain/case-state';
import { type DeviationPart, isDeviation } from '#domain/deviation-part';
import type { CaseId } from '#domain/ids';
import { decidableBy } from '#engine/decide-part';
import type { Engine } from '#engine/engine';
import { seesAsWorker } from '#engine/exception-owner';
import { loadCase } from '#engine/load-case';
import { isSubject, type Sees } from '#engine/may-see';
import type { Reply } from '#engine/ports/chat';

/** The case as it stands, as this person may see it; one answer for "there is none" and "none for you". Every view is evidence. */
export async function viewCase(
  { engine }: BotContext,
  sender: Sender,
  caseId: CaseId,
): Promise<Reply & { kind: 'card' }> {
  const state = await loadCase(engine.store, engine.tenantId, caseId);
  const sees =
    state && (seesAsWorker(engine, state, sender.userId, sender.roles) ?? (await seesAsDecider(engine, state, sender)));
  if (!state || !sees) return unknownCase(caseId);
  const rendered = await present(engine, state, sender, sees);
  await recordShown(engine, state, sender.userId, rendered, 'asked for');
  return { kind: 'card', card: rendered.card, summary: rendered.summary };
}

/** Every wish of the case that waits for this person, each on its own card: beside the plan's, which `viewCase` shows. */
export async function viewWishes({ engine }: BotContext, sender: Sender, caseId: CaseId): Promise<readonly Reply[]> {
  const state = await loadCase(engine.store, engine.tenantId, caseId);
  if (!state) return [];
  const deciding = await decidableBy(engine, state, sender.userId);
  const wishes = deciding.map(({ part }) => part).filter(isDeviation);
  // Without a plan to decide the first of them is the case's own card.
  const beside = deciding.length > wishes.length ? wishes : wishes.slice(1);
  const replies: Reply[] = [];
  for (const part of beside) replies.push(await viewWish({ engine }, sender, state, part));
  return replies;
}

/** One wish as it stands, in answer to whoever asked for it or decided on it. */
export async function viewWish(
  { engine }: Pick<BotContext, 'engine'>,
  sender: Sender,
  state: CaseState,
  part: DeviationPart,
): Promise<Reply & { kind: 'card' }> {
  const mayDecide = (await decidableBy(engine, state, sender.userId)).some((d) => d.part.partId === part.partId);
  const sees = seesAsWorker(engine, state, sender.userId, sender.roles) ?? 'manager';
  const rendered = await renderDeviation(engine, state, viewerOf(sender.userId, sees), part, mayDecide);
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
  const works = sender.roles.includes('it') || sender.roles.includes('itLeadership') || sees === 'it';
  const workable = works && sees !== 'requester' && openExceptions(state).length > 0;
  const deciding = await decidableBy(engine, state, sender.userId);
  const completed = state.record.milestones.completedAt !== undefined;
  const plan = deciding.filter(({ part }) => !isDeviation(part));
  if (plan.length > 0 && !completed) return renderDecision(engine, state, viewer, plan);
  const [wish] = deciding.map(({ part }) => part).filter(isDeviation);
  if (wish) return renderDeviation(engine, state, viewer, wish, true);
  if (workable) return renderException(engine, state, viewer);
  if (completed) return renderCompleted(engine, state, viewer);
  return renderProgress(engine, state, viewer);
}
