import type { HouseCard } from '#bot/house/house-card';
import { outage } from '#bot/house/outage';
import type { HouseSlot } from '#engine/keys';

/** Who renders which house message. */
export const houseCards: Readonly<Partial<Record<HouseSlot, HouseCard>>> = { outage };
