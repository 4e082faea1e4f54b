import { cardContext } from '#bot/card-context';
import { leaverRequestCard, leaverRequestSummary, leaverRequestView } from '#cards/leaver-request';
import type { Draft, DraftValues } from '#domain/draft';
import type { Engine } from '#engine/engine';
import type { Reply } from '#engine/ports/chat';

/** The form as it stands: with what was typed and, after a submit that could not be taken, what has to be put right. */
export function requestForm(
  engine: Engine,
  draft: Draft,
  values: DraftValues = draft.values,
  errors: readonly string[] = [],
): Reply & { kind: 'card' } {
  const view = leaverRequestView({
    draft,
    person: draft.person,
    ...(draft.manager ? { manager: draft.manager } : {}),
    planned: draft.planned,
    values,
    errors,
    context: { ...cardContext(engine, 'leaver'), viewer: { userId: draft.requestedBy, sees: 'requester' } },
  });
  return { kind: 'card', card: leaverRequestCard(view), summary: leaverRequestSummary(view) };
}
