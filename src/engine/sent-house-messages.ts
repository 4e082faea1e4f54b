import type { Engine } from '#engine/engine';
import { type HouseSlot, houseMessage } from '#engine/keys';
import type { OutboxMessage } from '#engine/ports/store';

/** Edits every message that was sent about something, whoever would be told of it by now. */
export async function sentHouseMessages(
  engine: Engine,
  slot: HouseSlot,
  id: string,
): Promise<readonly OutboxMessage[]> {
  const sent = await engine.store.list(engine.tenantId, 'sentCard', { keyPrefix: 'house/' });
  return sent
    .filter(({ key, body }) => body.slot === slot && key.endsWith(`/${slot}/${id}`))
    .map(({ body }) => houseMessage(body.audience, slot, id));
}
