import type { Card, Reply } from '#engine/ports/chat';

/**
 * The body of an `adaptiveCard/action` answer, always under HTTP 200: a status of 400 on the wire shows the person nothing at all
 * (learn.microsoft.com, "Universal Actions for Adaptive Cards", response format).
 */
export type InvokeAnswer =
  | { readonly statusCode: 200; readonly type: 'application/vnd.microsoft.card.adaptive'; readonly value: Card }
  | { readonly statusCode: 200; readonly type: 'application/vnd.microsoft.activity.message'; readonly value: string }
  | {
      readonly statusCode: 400 | 403 | 500;
      readonly type: 'application/vnd.microsoft.error';
      readonly value: { readonly code: string; readonly message: string };
    };

export const workingOnIt = 'Working on it. This card updates itself when it is done.';
export const brokenSentence =
  'I could not finish that. Type `cases` to see where things stand, then try again; if it fails again, tell IT.';

function cardAnswer(card: Card): InvokeAnswer {
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
}

/** An empty value counts as no answer and Teams sends the click again, so there is always a word in it. */
export function messageAnswer(text: string): InvokeAnswer {
  const value = text.trim() === '' ? 'Received.' : text;
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value };
}

export function errorAnswer(statusCode: 400 | 403 | 500, code: string, message: string): InvokeAnswer {
  return { statusCode, type: 'application/vnd.microsoft.error', value: { code, message } };
}

export function answerFor(reply: Reply): InvokeAnswer {
  if (reply.kind === 'error') return errorAnswer(400, reply.code, reply.message);
  return reply.kind === 'card' ? cardAnswer(reply.card) : messageAnswer(reply.text);
}
