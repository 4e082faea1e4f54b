import type { HouseCard } from '#bot/house/house-card';
import { noticeCard, noticeSummary, noticeView } from '#cards/notice';
import { type Instant, msBetween } from '#domain/instant';
import { houseSite } from '#engine/house/morning';
import { lastSweepKey } from '#engine/house/sweep-leavers';

/** That nobody who left was looked at since `id`, or that it works again. Names nobody. */
export const sweep: HouseCard = async ({ engine }, id) => {
  const { store, tenantId, calendar, policy } = engine;
  const { zone, name } = houseSite(engine);
  const told = (at: Instant) => `${calendar.longText(at, zone)} (${name})`;
  const last = await store.get(tenantId, 'done', lastSweepKey);
  const again = last && msBetween(id, last.body.at) > 0 ? last.body.at : undefined;
  const view = again
    ? noticeView({
        title: 'People who left are looked at again',
        lines: [
          `Nobody was looked at from ${told(id)} to ${told(again)}. Now everybody was; what differs is in their case.`,
        ],
        tone: 'good',
      })
    : noticeView({
        title: 'People who left have not been looked at',
        lines: [
          `Every day at ${policy.watch.sweepAt} Latchkey looks whether everybody who left is still shut out. The last time it could was ${told(id)}.`,
          'It tries again every hour. If Microsoft 365 is well, run latchkey doctor: it tells which permission or role is missing.',
        ],
        tone: 'attention',
      });
  return { card: noticeCard(view), summary: noticeSummary(view) };
};
