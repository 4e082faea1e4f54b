import { DateTime } from 'luxon';
import type { Instant } from '#domain/instant';
import type { LocalTime } from '#engine/ports/calendar';

export type When =
  | { readonly kind: 'now' }
  | { readonly kind: 'at'; readonly local: Partial<LocalTime> }
  | { readonly kind: 'unreadable'; readonly typed: string };

/** Day before month: written-out months and ISO dates leave no doubt; `3/4` is not guessed at. */
const dateFormats = ['yyyy-MM-dd', 'd LLL yyyy', 'd LLLL yyyy', 'd LLL', 'd LLLL', 'LLL d yyyy', 'LLLL d yyyy'];
/** The next such day: on a Friday, `friday` is in a week. */
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const timeFormats = ['HH:mm', 'H:mm', 'h:mma', 'ha'];

/** Splits `alex@… on 2026-11-20 17:00` or `Alex Morgan now` into who and when. */
export function splitRequest(rest: string): { readonly who: string; readonly when: string } {
  const now = /^(?<who>.*?)\s+now$/i.exec(rest);
  if (now?.groups?.['who'] !== undefined) return { who: now.groups['who'], when: 'now' };
  const on = /^(?<who>.*?)\s+on\s+(?<when>.+)$/i.exec(rest);
  if (on?.groups?.['who'] !== undefined && on.groups['when'] !== undefined)
    return { who: on.groups['who'], when: on.groups['when'] };
  return { who: rest, when: '' };
}

/** What stands behind `on`: a date, perhaps a time, in the person's zone. `''`: nothing was said. */
export function parseWhen(typed: string, zone: string, tenantNow: Instant): When {
  const text = typed.trim().replace(/\s+at\s+/i, ' ');
  if (text === '') return { kind: 'at', local: {} };
  if (/^now$/i.test(text)) return { kind: 'now' };
  const words = text.split(' ');
  const time = readTime(words.at(-1) ?? '');
  const date = readDate((time && words.length > 1 ? words.slice(0, -1) : words).join(' '), zone, tenantNow);
  if (!date) return { kind: 'unreadable', typed: text };
  return { kind: 'at', local: time && words.length > 1 ? { date, time } : { date } };
}

function readTime(word: string): string | undefined {
  for (const format of timeFormats) {
    const parsed = DateTime.fromFormat(word.toUpperCase(), format, { locale: 'en-GB', zone: 'utc' });
    if (parsed.isValid) return parsed.toFormat('HH:mm');
  }
  return undefined;
}

function readDate(text: string, zone: string, tenantNow: Instant): string | undefined {
  const today = DateTime.fromISO(tenantNow, { zone });
  const near: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 };
  const days = near[text.toLowerCase()];
  if (days !== undefined) return today.plus({ days }).toFormat('yyyy-MM-dd');
  const weekday = weekdays.findIndex((day) => text.length >= 3 && day.startsWith(text.toLowerCase()));
  if (weekday >= 0) return today.plus({ days: ((weekday + 7 - today.weekday) % 7) + 1 }).toFormat('yyyy-MM-dd');
  const plain = text.replaceAll(',', '').replace(/(\d)(st|nd|rd|th)\b/i, '$1');
  for (const format of dateFormats) {
    const parsed = DateTime.fromFormat(plain, format, { locale: 'en-GB', zone });
    if (parsed.isValid)
      return (format.includes('yyyy') ? parsed : parsed.set({ year: today.year })).toFormat('yyyy-MM-dd');
  }
  return undefined;
}
