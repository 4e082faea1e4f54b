import type { HouseCard } from '#bot/house/house-card';
import type { HouseSlot } from '#engine/keys';

/** Who renders which house message. */
export const houseCards: Readonly<Partial<Record<HouseSlot, HouseCard>>> = {};
