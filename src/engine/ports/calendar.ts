import type { Instant } from '#domain/instant';
import type { Site } from '#domain/policy';

export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:mm`, 24 hours. */
  readonly time: string;
}

export interface QuietHours {
  /** `HH:mm`; may lie before midnight and `to` after it. */
  readonly from: string;
  readonly to: string;
}

/** Time zones, working days and their daylight-saving changes. Zones are IANA names. */
export interface Calendar {
  /** `undefined` when date or time cannot be read. A local time skipped by a clock change moves forward by the gap. */
  toInstant(local: LocalTime, zone: string): Instant | undefined;
  toLocal(instant: Instant, zone: string): LocalTime;
  /** `Fri 20 Nov 2026 at 17:00`; the caller adds the site's name. */
  longText(instant: Instant, zone: string): string;
  /** `20 Nov, 17:00` */
  shortText(instant: Instant, zone: string): string;
  /** `17:00:09` */
  timeText(instant: Instant, zone: string): string;
  isZone(name: string): boolean;
  /** Neither a day off of the site nor a public holiday there. */
  isWorkingDay(date: string, site: Site): boolean;
  /** The same moment, or the next at which people of the site may be written to: on a working day, outside the quiet hours. */
  nextContact(instant: Instant, site: Site, quietHours: QuietHours): Instant;
  /** So many working hours (startOfDay to endOfDay on working days) after the instant. */
  plusWorkingHours(instant: Instant, hours: number, site: Site): Instant;
  /** The next local midnight: the end of that day there. */
  endOfLocalDay(instant: Instant, zone: string): Instant;
  /** The same local time so many days later, daylight-saving changes included. */
  plusDays(instant: Instant, days: number, zone: string): Instant;
  /** The last working minute of that day there, or of the working day before it. */
  lastBusinessHour(date: string, site: Site): LocalTime;
  /** Whether the holidays of such a place are known: `GB-ENG`. */
  isHolidayPlace(place: string): boolean;
}
