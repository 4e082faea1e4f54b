import { cardContext } from '#bot/card-context';
import { notice } from '#bot/notice';
import type { Draft } from '#domain/draft';
import { houseChain } from '#domain/evidence';
import type { Instant } from '#domain/instant';
import type { Engine } from '#engine/engine';
import type { Reply } from '#engine/ports/chat';

const mostLines = 15;

/** In observe mode a submit ends here: nobody is asked, nothing is opened; what would have been done is said, and counted on the record. */
export async function observedPlan(engine: Engine, draft: Draft, effectiveAt: Instant): Promise<Reply> {
  const changes = draft.planned.flatMap(({ stepId, item }) =>
    item.kind === 'change' ? [{ stepId, change: item.change }] : [],
  );
  const blocked = draft.planned.flatMap(({ item }) => (item.kind === 'blocked' ? [item.title] : []));
  const entry = {
    chain: houseChain,
    type: 'plan.observed',
    at: engine.clock.tenantNow(),
    actor: { kind: 'person', userId: draft.requestedBy },
    data: { kind: draft.kind, changes: changes.length, blocked: blocked.length, effectiveAt },
  } as const;
  const result = await engine.store.commit({ tenantId: engine.tenantId, state: [], evidence: [entry], outbox: [] });
  if (!result.ok) throw new Error(`what was observed could not be recorded: ${result.reason}`);
  const { describe } = cardContext(engine, draft.kind);
  const lines = [
    ...changes.map(({ stepId, change }) => describe(stepId, change).will),
    ...blocked.map((title) => `For IT: ${title}`),
  ];
  const more = lines.length - mostLines;
  return notice(
    'Observe mode: nothing was started',
    [
      `Nobody was asked and nothing was changed. On ${engine.calendar.longText(effectiveAt, draft.zone)} Latchkey would do this:`,
      ...lines.slice(0, mostLines),
      ...(more > 0 ? [`and ${more} more; latchkey plan ${draft.kind} prints them all.`] : []),
    ],
    'accent',
  );
}
