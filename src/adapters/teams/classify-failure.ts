import { z } from 'zod';
import type { ChatFailureKind } from '#engine/ports/chat';
import { ChatFailure } from '#engine/ports/chat';

const restError = z.object({
  statusCode: z.number().optional(),
  code: z.unknown().optional(),
  errorCode: z.unknown().optional(),
  message: z.string().optional(),
  details: z.unknown().optional(),
});

interface Headers {
  get(name: string): string | undefined;
}

/** Kept as the object it is: its methods need it. */
const headers = z.custom<Headers>((given) => {
  return typeof given === 'object' && given !== null && typeof Reflect.get(given, 'get') === 'function';
});
const withHeaders = z.object({ response: z.object({ headers }) });

/** A 500 names nothing that trying again at once would change, and yet giving up would lose the card. */
const afterServiceErrorMs = 60_000;

const kindOfStatus: Readonly<Record<number, ChatFailureKind>> = {
  404: 'gone',
  408: 'retry',
  412: 'retry',
  413: 'too-big',
  429: 'retry',
  500: 'retry',
  502: 'retry',
  503: 'retry',
  504: 'retry',
};

const blockedWords = /BotDisabledByAdmin|ConversationBlockedByUser|MessageWritesBlocked|blocked/i;
const removedWords =
  /BotNotInConversationRoster|ForbiddenOperationException|not part of the conversation|not installed/i;
const credentialWords = /invalid_client|unauthorized_client|invalid_request|AADSTS/i;

/**
 * Status and words of the connector to what the sender can do about it (learn.microsoft.com, "Conversation basics", status codes).
 * Some tenants put the reason into a JSON text inside the message, so all words of the error are searched.
 */
export function classifyFailure(error: unknown, what: string): ChatFailure {
  if (error instanceof ChatFailure) return error;
  const read = restError.safeParse(error);
  const seen = read.success ? read.data : {};
  const words = [seen.code, seen.errorCode, seen.message, JSON.stringify(seen.details ?? '')].join(' ');
  const kind = kindOf(seen.statusCode, words);
  const wait = seen.statusCode === 500 ? afterServiceErrorMs : retryAfterMs(error);
  const reason = seen.statusCode === undefined ? seen.message : `${seen.statusCode} ${seen.code ?? seen.message ?? ''}`;
  return new ChatFailure(`${what}: ${reason ?? 'no answer'}`, kind, {
    cause: error,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  });
}

function kindOf(status: number | undefined, words: string): ChatFailureKind {
  if (status === undefined) return credentialWords.test(words) ? 'misconfigured' : 'retry';
  if (status === 403 && blockedWords.test(words)) return 'blocked';
  if (status === 403 && removedWords.test(words)) return 'removed';
  return kindOfStatus[status] ?? 'misconfigured';
}

function retryAfterMs(error: unknown): number | undefined {
  const read = withHeaders.safeParse(error);
  if (!read.success) return undefined;
  const seconds = Number(read.data.response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
