import { digest } from '#bot/house/digest';
import type { HouseCard } from '#bot/house/house-card';
import { morning } from '#bot/house/morning';
import { newcomer } from '#bot/house/newcomer';
import { outage } from '#bot/house/outage';
import { policy } from '#bot/house/policy';
import { sweep } from '#bot/house/sweep';
import type { HouseSlot } from '#engine/keys';

/** Who renders which house message. */
export const houseCards: Readonly<Partial<Record<HouseSlot, HouseCard>>> = {
  morning,
  outage,
  policy,
  newcomer,
  sweep,
  digest,
};
