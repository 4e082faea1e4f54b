import { refusalNotice } from '#bot/amend/refusal-notice';
import type { BotContext, Sender } from '#bot/bot-context';
import { unknownCase } from '#bot/notice';
import type { CaseState } from '#domain/case-state';
import type { CaseId } from '#domain/ids';
import { type AmendKind, amendRefusal } from '#engine/amend-refusal';
import { loadCase } from '#engine/load-case';
import type { Reply } from '#engine/ports/chat';

export type ForChange = { readonly state: CaseState } | { readonly reply: Reply };

/** The case, where this person may change that of it; else the answer that says why not. Looked at again when it is confirmed. */
export async function openForChange(
  { engine }: BotContext,
  sender: Sender,
  caseId: CaseId,
  what: AmendKind,
): Promise<ForChange> {
  const state = await loadCase(engine.store, engine.tenantId, caseId);
  if (!state) return { reply: unknownCase(caseId) };
  const refusal = await amendRefusal(engine, state, sender, what);
  return refusal ? { reply: refusalNotice(engine, state, refusal) } : { state };
}
