import type { Instant } from '#domain/instant';

export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:mm`, 24 hours. */
  readonly time: string;
}

/** Time zones and their daylight-saving changes. Zones are IANA names. */
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
}
