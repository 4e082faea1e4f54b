import { DateTime, IANAZone } from 'luxon';
import { workingTime } from '#adapters/calendar/working-time';
import { type Instant, toInstant } from '#domain/instant';
import type { Calendar, LocalTime } from '#engine/ports/calendar';

/** en-US, because en-GB abbreviates September with four letters; the order of day and month is ours either way. */
const locale = 'en-US';

export function createCalendar(): Calendar {
  return {
    toInstant: fromLocal,
    toLocal(instant, zone) {
      const local = inZone(instant, zone);
      return { date: local.toFormat('yyyy-MM-dd'), time: local.toFormat('HH:mm') };
    },
    longText: (instant, zone) => inZone(instant, zone).toFormat("ccc d LLL yyyy 'at' HH:mm"),
    shortText: (instant, zone) => inZone(instant, zone).toFormat('d LLL, HH:mm'),
    timeText: (instant, zone) => inZone(instant, zone).toFormat('HH:mm:ss'),
    isZone: (name) => IANAZone.isValidZone(name),
    endOfLocalDay: (instant, zone) => toInstant(inZone(instant, zone).plus({ days: 1 }).startOf('day').toMillis()),
    plusDays: (instant, days, zone) => toInstant(inZone(instant, zone).plus({ days }).toMillis()),
    ...workingTime,
  };
}

/**
 * A local time that a clock change skips moves forward by the gap. One that happens twice is the first of the two: for a last
 * working minute the earlier one is the one that leaves no access open for an hour longer.
 */
function fromLocal(local: LocalTime, zone: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(local.date) || !/^\d{2}:\d{2}$/.test(local.time)) return undefined;
  if (local.time.startsWith('24')) return undefined;
  const read = DateTime.fromISO(`${local.date}T${local.time}`, { zone });
  if (!read.isValid) return undefined;
  const first = read.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis())[0] ?? read;
  return toInstant(first.toMillis());
}

function inZone(instant: Instant, zone: string): DateTime {
  const local = DateTime.fromISO(instant, { zone, locale });
  if (!local.isValid) throw new RangeError(`cannot show ${instant} in zone ${zone}: ${local.invalidExplanation}`);
  return local;
}
