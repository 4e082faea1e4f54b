import type { Instant } from '#domain/instant';
import { isAtOrAfter } from '#domain/instant';
import type { Site } from '#domain/policy';
import type { Calendar, LocalTime } from '#engine/ports/calendar';

const furthestDays = 60;

/** The next last business hour of a site that is still to come: what a leaver's form suggests when no day was said. */
export function nextLastMinute(calendar: Calendar, site: Site, now: Instant): LocalTime {
  const today = calendar.toLocal(now, site.zone).date;
  for (let days = 0; days < furthestDays; days += 1) {
    const { date } = calendar.toLocal(calendar.plusDays(now, days, site.zone), site.zone);
    const end = calendar.toInstant({ date, time: site.endOfDay }, site.zone);
    if (calendar.isWorkingDay(date, site) && end !== undefined && isAtOrAfter(end, now))
      return { date, time: site.endOfDay };
  }
  return { date: today, time: site.endOfDay };
}
