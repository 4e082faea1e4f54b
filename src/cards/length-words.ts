import { plural } from '#cards/plural';

/** `9 seconds`, `63 hours`, `5 days`: how long something took, or how late it came. */
export function lengthWords(ms: number): string {
  // Cut as the times beside it are: closed 17:00:06 is not 7 seconds after 17:00.
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 120) return plural(seconds, 'second');
  if (seconds < 7200) return plural(Math.round(seconds / 60), 'minute');
  if (seconds < 345_600) return plural(Math.round(seconds / 3600), 'hour');
  return plural(Math.round(seconds / 86_400), 'day');
}
