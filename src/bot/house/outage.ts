import { cardContext } from '#bot/card-context';
import type { HouseCard } from '#bot/house/house-card';
import { mayTell } from '#bot/house/may-tell';
import { outageCard, outageSummary, outageView } from '#cards/outage';
import { missedNow } from '#engine/house/outage';

/** That Latchkey was not there from `id` on, and how it stands now with what became due. */
export const outage: HouseCard = async (bot, id, audience) => {
  const { engine } = bot;
  const told = await engine.store.get(engine.tenantId, 'outage', id);
  if (!told) return undefined;
  const everything = await missedNow(engine, told.body);
  const rows = everything.filter(({ state }) => mayTell(bot, audience, state.record));
  // The channel has told of the outage itself: a person gets a card of their own only for what the channel must not tell.
  if (audience.kind === 'person' && bot.itChannelId !== undefined && rows.length === 0) return undefined;
  const view = outageView(told.body, rows, cardContext(engine, 'leaver'));
  return { card: outageCard(view), summary: outageSummary(view) };
};
