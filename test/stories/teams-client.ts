import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { RecordingConnector } from '../adapters/teams/recording-connector.js';
import { type Button, buttonsOf, type CardObject, inputsOf, textOf } from './card-text.js';

/** One message as its reader sees it now. */
export interface Message {
  readonly conversationId: string;
  readonly activityId: string;
  readonly text: string;
  /** The line that pops up. */
  readonly summary: string;
  readonly card: CardObject;
}

/** Where somebody writes or clicks when it is not their own chat with the bot. */
export interface Elsewhere {
  readonly conversation: { readonly id: string; readonly conversationType: 'channel'; readonly isGroup: true };
  readonly channelData: object;
}

export interface Client {
  readonly userId: string;
  readonly conversationId: string;
  /** Types a message; resolves with what the bot answered in this person's own chat. */
  says(text: string, more?: object): Promise<Message>;
  /** Presses the button on the latest message that has it, its inputs filled in; resolves with what the person then sees. */
  clicks(title: string, inputs?: Readonly<Record<string, string>>, on?: Message): Promise<Message>;
  /** Sends a click as a forger would: any verb, any data. */
  forges(verb: string, data: Readonly<Record<string, string>>, inputs?: object): Promise<Message>;
  messages(): readonly Message[];
  /** Everything in this person's chat, also what was edited away. */
  everything(): string;
  /** Waits until a message in the chat reads like this. */
  sees(pattern: RegExp, ms?: number): Promise<Message>;
  /** Waits until a message in the chat has this button. */
  seesButton(title: string): Promise<Message>;
}

export interface ClientOptions {
  readonly userId: string;
  readonly tenantId: string;
  readonly connector: RecordingConnector;
  /** POST /api/messages. */
  readonly post: (activity: object) => Promise<unknown>;
  /** A channel's messages instead of this person's own chat. */
  readonly elsewhere?: Elsewhere;
}

const answer = z.object({ type: z.string(), value: z.unknown() });
const messageType = 'application/vnd.microsoft.activity.message';
const workingOnIt = /^Working on it/;

/** One person's Teams: what they see is what the bot sent to their chat, with edits and answers to their clicks applied. */
export function openClient(options: ClientOptions): Client {
  const { userId, tenantId, connector, post, elsewhere } = options;
  const conversationId = elsewhere?.conversation.id ?? `a:${userId}`;
  /** The answer to a click replaces the card for whoever clicked, until the message is edited. */
  const answered = new Map<string, { readonly card: CardObject; readonly after: number }>();
  let typed = 0;

  const activity = (more: object): object => {
    typed += 1;
    return {
      id: `${typed}-${userId}`,
      channelId: 'msteams',
      serviceUrl: connector.url,
      from: { id: `29:${userId}`, aadObjectId: userId },
      recipient: { id: '28:bot', name: 'Latchkey' },
      conversation: { id: conversationId, conversationType: 'personal', tenantId },
      channelData: { tenant: { id: tenantId } },
      locale: 'en-GB',
      ...elsewhere,
      ...more,
    };
  };

  const mine = () =>
    connector
      .activities()
      .filter((sent) => isHere(sent.conversationId, conversationId) && sent.activity.type === 'message');

  function messages(): readonly Message[] {
    const sent = mine();
    return sent
      .filter(({ method }) => method === 'POST')
      .map((posted) => {
        const versions = sent.filter(({ activityId }) => activityId === posted.activityId);
        const latest = versions.at(-1) ?? posted;
        const clicked = answered.get(posted.activityId);
        const card =
          clicked && clicked.after >= versions.length
            ? clicked.card
            : (latest.activity.attachments?.[0]?.content ?? {});
        const text = latest.activity.text ?? '';
        return {
          conversationId: posted.conversationId,
          activityId: posted.activityId,
          text: [text, textOf(card)].filter((line) => line !== '').join('\n'),
          summary: latest.activity.summary ?? '',
          card,
        };
      });
  }

  async function click(button: Button, inputs: object, on: Message | undefined): Promise<Message> {
    const versions = mine().filter(({ activityId }) => activityId === on?.activityId).length;
    const value = {
      action: { type: 'Action.Execute', verb: button.verb, data: { ...button.data, ...inputs } },
      trigger: 'manual',
    };
    const replyTo = on ? { replyToId: on.activityId } : {};
    const body = answer.parse(await post(activity({ type: 'invoke', name: 'adaptiveCard/action', value, ...replyTo })));
    const card = z.record(z.unknown()).safeParse(body.value);
    if (card.success && on) answered.set(on.activityId, { card: card.data, after: versions });
    if (on && body.type === messageType && workingOnIt.test(String(body.value))) return edited(on, versions);
    const text = card.success ? [textOf(card.data), errorOf(card.data)].join('\n').trim() : String(body.value);
    return { conversationId, activityId: on?.activityId ?? '', text, summary: '', card: card.success ? card.data : {} };
  }

  /** A slow answer comes as an edit of the message. */
  async function edited(on: Message, versions: number): Promise<Message> {
    return connector.until(() => {
      if (mine().filter(({ activityId }) => activityId === on.activityId).length === versions) return undefined;
      return messages().find(({ activityId }) => activityId === on.activityId);
    }, 5000);
  }

  /** Looks at the chat until a message fits, the latest first. */
  async function found(fits: (message: Message) => boolean, otherwise: () => string, ms: number): Promise<Message> {
    for (const end = performance.now() + ms; ; await wait(10)) {
      const message = messages().findLast(fits);
      if (message) return message;
      if (performance.now() > end)
        throw new Error(
          `${userId} sees ${otherwise()}, but:\n${messages()
            .map(({ text }) => text)
            .join('\n---\n')}`,
        );
    }
  }

  const seesButton = (title: string) =>
    found(
      ({ card }) => buttonsOf(card).some((button) => button.title === title),
      () => `no message with the button ${title}`,
      6000,
    );

  return {
    userId,
    conversationId,
    messages,
    seesButton,
    everything: () => JSON.stringify(mine()),
    async says(text, more = {}) {
      const before = mine().length;
      await post(activity({ type: 'message', text, ...more }));
      return connector.until(() => {
        const first = mine()
          .slice(before)
          .find(({ method }) => method === 'POST');
        return first && messages().find(({ activityId }) => activityId === first.activityId);
      }, 5000);
    },
    async clicks(title, inputs = {}, on) {
      const message = on ?? (await seesButton(title));
      const button = buttonsOf(message.card).find((candidate) => candidate.title === title);
      if (!button) throw new Error(`there is no button ${title} on: ${message.text}`);
      return click(button, { ...inputsOf(message.card), ...inputs }, message);
    },
    forges: (verb, data, inputs = {}) => click({ title: verb, verb, data: { latchkey: data } }, inputs, undefined),
    sees: (pattern, ms = 6000) =>
      found(
        ({ text }) => pattern.test(text),
        () => `nothing like ${pattern}`,
        ms,
      ),
  };
}

function isHere(sentTo: string, conversationId: string): boolean {
  return sentTo === conversationId || sentTo.startsWith(`${conversationId};`);
}

function errorOf(card: CardObject): string {
  return typeof card['message'] === 'string' ? card['message'] : '';
}
