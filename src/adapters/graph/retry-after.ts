/**
 * A `Retry-After` header in milliseconds. Graph sends seconds, also with a fraction (`2.128`); HTTP allows a date too, which is
 * read against the answer's own `Date` so that this machine's clock does not matter.
 */
export function retryAfterMs(header: (name: string) => string | undefined, machineNow: number): number | undefined {
  const value = header('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  const until = Date.parse(value);
  if (Number.isNaN(until)) return undefined;
  const sent = Date.parse(header('date') ?? '');
  return Math.max(0, until - (Number.isNaN(sent) ? machineNow : sent));
}
