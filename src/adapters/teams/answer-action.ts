import type { InvokeAnswer } from '#adapters/teams/invoke-answer';
import { answerFor, brokenSentence, errorAnswer, messageAnswer, workingOnIt } from '#adapters/teams/invoke-answer';
import type { TeamsLog } from '#adapters/teams/log';
import type { Asker, Replies } from '#adapters/teams/replies';
import type { Settled } from '#adapters/teams/within';
import { settled, within } from '#adapters/teams/within';
import type { InboundAction, Reply, Router } from '#engine/ports/chat';
import type { Clock } from '#engine/ports/clock';

export interface ActionOptions {
  readonly clock: Clock;
  readonly log: TeamsLog;
  readonly replies: Replies;
  readonly route: Router;
  /** Keeps track of work that outlives its request. */
  readonly background: (work: Promise<void>) => void;
}

type Work = Promise<Settled<readonly Reply[]>>;

/** People take a click that shows nothing for a second as lost, and click again. */
const clickMs = 800;
/** Nobody waits for a refresh, and its late answer could not be shown: editing the message would cause the next refresh. */
const refreshMs = 8000;
const sentPrivately = 'I have answered in your own chat with me.';

/** Answers one click: with the router's reply when it comes in time, else with a word, the card following as an edit. */
export function createActionAnswers(
  options: ActionOptions,
): (action: InboundAction, botId: string) => Promise<InvokeAnswer> {
  const { clock, log, replies, background } = options;
  const running = new Map<string, Work>();

  /** A double click arrives as two equal requests at the same time: the second waits for the first one's answer. */
  function routeOnce(action: InboundAction): { readonly work: Work; readonly isFirst: boolean } {
    const key = JSON.stringify([
      action.from.userId,
      action.messageId,
      action.place,
      action.verb,
      action.data,
      action.inputs,
    ]);
    const known = running.get(key);
    if (known !== undefined) return { work: known, isFirst: false };
    const work = settled(() => options.route(action)).finally(() => running.delete(key));
    running.set(key, work);
    return { work, isFirst: true };
  }

  async function finishLate(action: InboundAction, asker: Asker, work: Work): Promise<void> {
    const outcome = await work;
    if (action.trigger === 'automatic') {
      if (!outcome.ok) log.error({ err: outcome.error, verb: action.verb }, 'a card could not be refreshed');
      return;
    }
    const sent = outcome.ok
      ? await settled(() => replies.deliverLate(asker, action.messageId, outcome.value))
      : { ok: false as const, error: outcome.error };
    if (!sent.ok) await replies.apologise(asker, sent.error);
  }

  function answerWith(asker: Asker, given: readonly Reply[], isFirst: boolean): InvokeAnswer {
    const [first, ...rest] = given;
    if (!first) return messageAnswer('');
    const elsewhere = asker.place.kind !== 'personal' && first.kind !== 'error' && first.privately === true;
    const toSend = elsewhere ? given : rest;
    if (isFirst && toSend.length > 0) background(deliverOrSaySo(asker, toSend));
    return elsewhere ? messageAnswer(sentPrivately) : answerFor(first);
  }

  async function deliverOrSaySo(asker: Asker, toSend: readonly Reply[]): Promise<void> {
    const sent = await settled(() => replies.deliver(asker, toSend));
    if (!sent.ok) await replies.apologise(asker, sent.error);
  }

  return async (action, botId) => {
    const asker: Asker = { tenantId: action.tenantId, userId: action.from.userId, place: action.place, botId };
    const { work, isFirst } = routeOnce(action);
    const outcome = await within(clock, action.trigger === 'automatic' ? refreshMs : clickMs, work);
    if (outcome === undefined) {
      if (isFirst) background(finishLate(action, asker, work));
      return messageAnswer(workingOnIt);
    }
    if (outcome.ok) return answerWith(asker, outcome.value, isFirst);
    log.error({ err: outcome.error, verb: action.verb }, 'the router failed on a click');
    return errorAnswer(500, 'not-finished', brokenSentence);
  };
}
