import type { Clock } from '#engine/ports/clock';

interface Bucket {
  tokens: number;
  filledAt: number;
}

interface Pace {
  readonly perConversation: number;
  readonly overall: number;
}

/** Under Teams' limits of 7 a second and conversation and 50 a second and tenant (learn.microsoft.com, "Optimize your bot with rate limiting"). */
const defaultPace: Pace = { perConversation: 5, overall: 20 };
const keepBuckets = 1000;

/** Waits until one more message may go to the conversation; first come, first served. */
export function createPacing(clock: Clock, pace: Pace = defaultPace): (conversationId: string) => Promise<void> {
  const overall: Bucket = { tokens: pace.overall, filledAt: clock.monotonic() };
  const buckets = new Map<string, Bucket>();

  return async (conversationId) => {
    const now = clock.monotonic();
    const bucket = buckets.get(conversationId) ?? { tokens: pace.perConversation, filledAt: now };
    buckets.set(conversationId, bucket);
    const delay = Math.max(take(bucket, pace.perConversation, now), take(overall, pace.overall, now));
    if (buckets.size > keepBuckets) forgetFull(buckets, pace.perConversation, now);
    if (delay > 0) await clock.wait(delay);
  };
}

/** Milliseconds until the token taken now exists. Tokens below zero are the queue: each further caller waits longer. */
function take(bucket: Bucket, perSecond: number, now: number): number {
  bucket.tokens = filled(bucket, perSecond, now) - 1;
  bucket.filledAt = now;
  return bucket.tokens >= 0 ? 0 : Math.ceil((-bucket.tokens * 1000) / perSecond);
}

function filled(bucket: Bucket, perSecond: number, now: number): number {
  return Math.min(perSecond, bucket.tokens + ((now - bucket.filledAt) * perSecond) / 1000);
}

function forgetFull(buckets: Map<string, Bucket>, perSecond: number, now: number): void {
  for (const [key, bucket] of buckets) if (filled(bucket, perSecond, now) >= perSecond) buckets.delete(key);
}
