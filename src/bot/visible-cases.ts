import type { BotContext, Sender } from '#bot/bot-context';
import type { CaseState } from '#domain/case-state';
import { caseStatus } from '#domain/case-status';
import { decidableBy } from '#engine/decide-part';
import { loadCase } from '#engine/load-case';
import { seesAs } from '#engine/may-see';

const order = ['needs-people', 'running', 'planning', 'scheduled', 'completed', 'cancelled'];

/** Every case this person may know of, what needs people first. The subject's own is never among them. */
export async function visibleCases({ engine }: BotContext, sender: Sender): Promise<readonly CaseState[]> {
  const records = await engine.store.list(engine.tenantId, 'case');
  const mine = records.filter(({ body }) => seesAs(body, engine, sender.userId, sender.roles) !== undefined);
  const states = await Promise.all(mine.map(({ key }) => loadCase(engine.store, engine.tenantId, key)));
  const found = states.filter((state) => state !== undefined);
  return found.sort(
    (a, b) =>
      order.indexOf(caseStatus(a)) - order.indexOf(caseStatus(b)) ||
      a.record.effectiveAt.localeCompare(b.record.effectiveAt),
  );
}

/** The open cases in which a decision waits for this person. */
export async function waitingFor({ engine }: BotContext, sender: Sender): Promise<readonly CaseState[]> {
  const open = await engine.store.list(engine.tenantId, 'openCase');
  const states = await Promise.all(open.map(({ body }) => loadCase(engine.store, engine.tenantId, body.caseId)));
  const waiting: CaseState[] = [];
  for (const state of states)
    if (state && (await decidableBy(engine, state, sender.userId)).length > 0) waiting.push(state);
  return waiting;
}
