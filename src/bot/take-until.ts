import { parseWhen } from '#bot/parse-when';
import type { Instant } from '#domain/instant';
import type { Site } from '#domain/policy';
import type { Calendar } from '#engine/ports/calendar';

/** Until when, and why. A day without a time ends with the working day there. */
export type Until =
  | { readonly kind: 'until'; readonly at: Instant; readonly rest: string }
  | { readonly kind: 'unreadable'; readonly typed: string };

/** `20 November 2026 at 17:00`: no date has more words. */
const mostWords = 5;

/** Takes the date off the front of what stands behind `until`: the longest run of words that is one; the rest is the reason. */
export function takeUntil(typed: string, where: { calendar: Calendar; site: Site; zone: string; now: Instant }): Until {
  const words = typed.trim().split(' ');
  for (let count = Math.min(mostWords, words.length); count > 0; count -= 1) {
    const at = readUntil(words.slice(0, count).join(' '), where);
    if (at) return { kind: 'until', at, rest: withoutBecause(words.slice(count).join(' ')) };
  }
  return { kind: 'unreadable', typed: words.slice(0, 3).join(' ') };
}

function readUntil(text: string, { calendar, site, zone, now }: Parameters<typeof takeUntil>[1]): Instant | undefined {
  if (text === '') return undefined;
  const when = parseWhen(text.replace(/[,:;]$/, ''), zone, now);
  if (when.kind !== 'at' || when.local.date === undefined) return undefined;
  return calendar.toInstant({ date: when.local.date, time: when.local.time ?? site.endOfDay }, zone);
}

function withoutBecause(text: string): string {
  return text.replace(/^(because|since|as|:|-|,)\s+/i, '').trim();
}
