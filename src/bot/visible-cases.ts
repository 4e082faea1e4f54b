import type { BotContext, Sender } from '#bot/bot-context';
import type { CaseState } from '#domain/case-state';
import { caseStatus } from '#domain/case-status';
import type { CaseId } from '#domain/ids';
import { decidableBy } from '#engine/decide-part';
import type { Engine } from '#engine/engine';
import { seesAsWorker } from '#engine/exception-owner';
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

/** The cases that this person may know of in which an exception is open, also those that are closed. */
export async function casesWithExceptions({ engine }: BotContext, sender: Sender): Promise<readonly CaseState[]> {
  const states = await Promise.all(
    (await excepted(engine)).map((caseId) => loadCase(engine.store, engine.tenantId, caseId)),
  );
  return states
    .filter((state) => state !== undefined)
    .filter((state) => seesAsWorker(engine, state, sender.userId, sender.roles) !== undefined);
}

async function excepted({ store, tenantId }: Engine): Promise<readonly CaseId[]> {
  const exceptions = await store.list(tenantId, 'exception');
  return [...new Set(exceptions.filter(({ body }) => !body.resolution).map(({ body }) => body.caseId))];
}

/** The cases in which a decision waits for this person: open ones, and closed ones of which something is an exception again. */
export async function waitingFor({ engine }: BotContext, sender: Sender): Promise<readonly CaseState[]> {
  const open = await engine.store.list(engine.tenantId, 'openCase');
  const caseIds = new Set([...open.map(({ body }) => body.caseId), ...(await excepted(engine))]);
  const states = await Promise.all([...caseIds].map((caseId) => loadCase(engine.store, engine.tenantId, caseId)));
  const waiting: CaseState[] = [];
  for (const state of states)
    if (state && (await decidableBy(engine, state, sender.userId)).length > 0) waiting.push(state);
  return waiting;
}
