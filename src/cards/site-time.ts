import type { CardContext } from '#cards/card-context';
import type { Instant } from '#domain/instant';
import type { Policy } from '#domain/policy';
import type { PersonView } from '#domain/subject';

/** Where a person works, for times on cards. */
export interface SiteTime {
  /** `London`: what stands beside every time. */
  readonly site: string;
  /** `Fri 20 Nov 2026 at 17:00 (London)` */
  long(instant: Instant): string;
  /** `20 Nov, 17:00`: beside a long one of the same card. */
  short(instant: Instant): string;
  /** `Thu 19 Nov, 12:00`: a deadline. */
  due(instant: Instant): string;
  /** `17:00:09` */
  clock(instant: Instant): string;
  /** `20 Nov` */
  day(instant: Instant): string;
}

/** The site whose time a card speaks in: the person's own where it keeps that zone, else one that does, else the zone's city. */
export function siteName(person: Pick<PersonView, 'officeLocation'>, zone: string, policy: Policy): string {
  const inZone = policy.sites.filter((site) => site.zone === zone).map((site) => site.name);
  const own = inZone.find((name) => name === person.officeLocation);
  return own ?? inZone[0] ?? zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

export function siteTime(
  person: Pick<PersonView, 'officeLocation'>,
  zone: string,
  context: Pick<CardContext, 'calendar' | 'policy'>,
): SiteTime {
  const { calendar, policy } = context;
  const site = siteName(person, zone, policy);
  return {
    site,
    long: (instant) => `${calendar.longText(instant, zone)} (${site})`,
    short: (instant) => calendar.shortText(instant, zone),
    due: (instant) => `${weekday(calendar.longText(instant, zone))} ${calendar.shortText(instant, zone)}`,
    clock: (instant) => calendar.timeText(instant, zone),
    day: (instant) => calendar.shortText(instant, zone).replace(/,.*$/, ''),
  };
}

function weekday(longText: string): string {
  return longText.slice(0, longText.indexOf(' '));
}
