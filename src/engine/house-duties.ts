import { morning } from '#engine/house/morning';
import { outage } from '#engine/house/outage';
import { pulse } from '#engine/house/pulse';
import { sweepLeavers } from '#engine/house/sweep-leavers';
import { watchDeciders } from '#engine/house/watch-deciders';
import type { HouseDuty } from '#engine/house-duty';

/** In the order in which they are done when Latchkey starts: an outage is noticed before anything is decided by the clock. */
export const houseDuties: readonly HouseDuty[] = [pulse, outage, morning, watchDeciders, sweepLeavers];
