import Holidays from 'date-holidays';
import { DateTime } from 'luxon';
import { toInstant } from '#domain/instant';
import type { Site } from '#domain/policy';
import type { Calendar } from '#engine/ports/calendar';

type WorkingTime = Pick<
  Calendar,
  'isWorkingDay' | 'nextContact' | 'plusWorkingHours' | 'lastBusinessHour' | 'isHolidayPlace'
>;

/** A site that never works would be looked through for ever. */
const furthestDays = 370;

/** Working days, hours and public holidays of sites. Holidays come from the date-holidays library, kept by place: reading its rules is slow. */
export const workingTime: WorkingTime = {
  isWorkingDay: (date, site) => isWorkingDay(DateTime.fromISO(date, { zone: site.zone }), site),
  nextContact(instant, site, quietHours) {
    let at: DateTime = DateTime.fromISO(instant, { zone: site.zone });
    for (let day = 0; day < furthestDays; day += 1) {
      if (!isWorkingDay(at, site)) {
        at = at.plus({ days: 1 }).startOf('day');
        continue;
      }
      const quietUntil = endOfQuiet(at, quietHours);
      if (!quietUntil) return toInstant(at.toMillis());
      at = quietUntil;
    }
    return instant;
  },
  plusWorkingHours(instant, hours, site) {
    let left = hours * 3_600_000;
    let at: DateTime = DateTime.fromISO(instant, { zone: site.zone });
    for (let day = 0; day < furthestDays && left > 0; day += 1) {
      const begin = Math.max(at.toMillis(), timeOn(at, site.startOfDay).toMillis());
      const end = timeOn(at, site.endOfDay).toMillis();
      const usable = isWorkingDay(at, site) ? Math.max(0, end - begin) : 0;
      if (usable >= left) return toInstant(begin + left);
      left -= usable;
      at = at.plus({ days: 1 }).startOf('day');
    }
    return toInstant(at.toMillis() + left);
  },
  lastBusinessHour(date, site) {
    let at: DateTime = DateTime.fromISO(date, { zone: site.zone });
    for (let day = 0; day < furthestDays && !isWorkingDay(at, site); day += 1) at = at.minus({ days: 1 });
    return { date: at.toFormat('yyyy-MM-dd'), time: site.endOfDay };
  },
  isHolidayPlace(place) {
    const [country = '', state] = place.split('-');
    const known = new Holidays();
    const states: Readonly<Record<string, string>> | undefined = known.getStates(country);
    return country in known.getCountries() && (state === undefined || (states !== undefined && state in states));
  },
};

/** A working day keeps at least one instant outside the quiet hours; `undefined`: `at` itself is one. */
function endOfQuiet(at: DateTime, { from, to }: { readonly from: string; readonly to: string }): DateTime | undefined {
  const begin = timeOn(at, from);
  const end = timeOn(at, to);
  if (from === to) return undefined;
  if (from < to) return at >= begin && at < end ? end : undefined;
  if (at < end) return end;
  return at >= begin ? timeOn(at.plus({ days: 1 }), to) : undefined;
}

function timeOn(day: DateTime, time: string): DateTime {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return day.set({ hour, minute, second: 0, millisecond: 0 });
}

function isWorkingDay(day: DateTime, site: Site): boolean {
  return site.workdays.includes(day.weekday) && !isHoliday(day, site.holidays);
}

const daysOff = new Map<string, ReadonlySet<string>>();

function isHoliday(day: DateTime, place: string | undefined): boolean {
  if (place === undefined) return false;
  const key = `${place}/${day.year}`;
  const found = daysOff.get(key) ?? publicHolidays(place, day.year);
  daysOff.set(key, found);
  return found.has(day.toFormat('yyyy-MM-dd'));
}

/** Local dates. A holiday may last several days; its dates are given without an offset, in the place's own time. */
function publicHolidays(place: string, year: number): ReadonlySet<string> {
  const [country = '', state] = place.split('-');
  const calendar = state === undefined ? new Holidays(country) : new Holidays(country, state);
  const listed = calendar.getHolidays(year).filter(({ type }) => type === 'public');
  return new Set(listed.map(({ date }) => date.slice(0, 10)));
}
