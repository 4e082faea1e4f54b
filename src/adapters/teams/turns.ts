import { Application, type TurnState } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import type { AddressBook } from '#adapters/teams/address-book';
import type { Connector } from '#adapters/teams/connector';
import type { InboundActivity } from '#adapters/teams/inbound-activity';
import { entraId, inboundActivity } from '#adapters/teams/inbound-activity';
import type { InvokeAnswer } from '#adapters/teams/invoke-answer';
import { errorAnswer } from '#adapters/teams/invoke-answer';
import type { TeamsLog } from '#adapters/teams/log';
import { cardActionInvoke, placeOf } from '#adapters/teams/place';
import { readExecute, readSubmit } from '#adapters/teams/read-action';
import { readInstall } from '#adapters/teams/read-install';
import { readMessage } from '#adapters/teams/read-message';
import type { Asker, Replies } from '#adapters/teams/replies';
import { settled, within } from '#adapters/teams/within';
import type { TenantId, UserId } from '#domain/ids';
import type { Inbound, InboundAction, InboundInstall, Router } from '#engine/ports/chat';
import type { Clock } from '#engine/ports/clock';
import type { Address } from '#engine/ports/store-chat';

export interface TurnOptions {
  readonly tenantId: TenantId;
  readonly clock: Clock;
  readonly log: TeamsLog;
  readonly book: AddressBook;
  readonly connector: Connector;
  readonly replies: Replies;
  readonly route: Router;
  readonly answerAction: (action: InboundAction, botId: string) => Promise<InvokeAnswer>;
  readonly background: (work: Promise<void>) => void;
}

/** Under the 15 s after which Teams gives up and delivers the same message again. */
const messageMs = 5000;

/**
 * teams-ai routes and nothing more: no storage (its turn state is last write wins, and approvals must not be), no typing timer, and one
 * route for every card action that sends its own invoke response, because the library's edits the shared message for everybody.
 */
export function createTurns(options: TurnOptions): Application<TurnState> {
  const app = new Application<TurnState>({ startTypingTimer: false, removeRecipientMention: false });
  const is = (test: (context: TurnContext) => boolean) => async (context: TurnContext) => test(context);
  const groupChats = new Set<string>();

  app.addRoute(
    is(({ activity }) => activity.type === 'invoke' && activity.name === cardActionInvoke),
    async (context) => {
      const activity = inboundActivity.parse(context.activity);
      const body = await answerClick(options, activity);
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    },
    true,
  );
  app.addRoute(
    is(({ activity }) => activity.type === 'message'),
    async (context) => onMessage(options, inboundActivity.parse(context.activity)),
  );
  app.addRoute(
    is(({ activity }) => activity.type === 'installationUpdate' || activity.type === 'conversationUpdate'),
    async (context) => onInstall(options, inboundActivity.parse(context.activity), groupChats),
  );
  return app;
}

async function answerClick(options: TurnOptions, activity: InboundActivity): Promise<InvokeAnswer> {
  const action = readExecute(activity, options.tenantId, personOf(activity));
  if (!action)
    return errorAnswer(400, 'not-understood', 'This button carries no command. Type `help` for what I can do.');
  return options.answerAction(action, activity.recipient.id);
}

async function onMessage(options: TurnOptions, activity: InboundActivity): Promise<void> {
  const userId = personOf(activity);
  const click = readSubmit(activity, options.tenantId, userId);
  const asker: Asker = askerOf(options, activity, userId);
  const work = settled(async () => {
    const inbound: Inbound =
      click ??
      (await readMessage(activity, options.tenantId, userId, (mention) => findMember(options, activity, mention.id)));
    const replies = await options.route(inbound);
    if (click) await options.replies.deliverLate(asker, click.messageId, replies);
    else await options.replies.deliver(asker, replies);
  });
  const finish = async () => {
    const outcome = await work;
    if (!outcome.ok) await options.replies.apologise(asker, outcome.error);
  };
  const finished = finish();
  const inTime = await within(
    options.clock,
    messageMs,
    settled(() => finished),
  );
  if (inTime === undefined) options.background(finished);
}

/** A person who is not in the roster cannot be told by their Teams id; the name they were mentioned by remains. */
async function findMember(
  options: TurnOptions,
  activity: InboundActivity,
  memberId: string,
): Promise<string | undefined> {
  const found = await settled(() => options.connector.member(activity.serviceUrl, activity.conversation.id, memberId));
  if (found.ok) return found.value;
  options.log.warn({ err: found.error }, 'a mentioned person could not be looked up in the conversation');
  return undefined;
}

async function onInstall(options: TurnOptions, activity: InboundActivity, groupChats: Set<string>): Promise<void> {
  const userId = entraId(activity.from.aadObjectId);
  const install = readInstall(activity, options.tenantId, userId);
  if (!install) return;
  if (!(await isFirst(options, install, groupChats))) return;
  const asker = askerOf(options, activity, userId);
  const outcome = await settled(async () => options.replies.deliver(asker, await options.route(install)));
  if (!outcome.ok) options.log.error({ err: outcome.error }, 'the bot could not answer an installation');
}

/** Teams reports one installation twice, and a playground on every page load: greeted is greeted until removed. */
async function isFirst(options: TurnOptions, install: InboundInstall, groupChats: Set<string>): Promise<boolean> {
  const of = addressOf(install);
  if (!of) {
    const id = install.place.conversationId;
    if (install.action === 'remove') return groupChats.delete(id) || true;
    return !groupChats.has(id) && groupChats.add(id).has(id);
  }
  if (install.action === 'add') return options.book.markWelcomed(of);
  await options.book.mark(of, 'removed');
  return true;
}

function addressOf(install: InboundInstall): Address['of'] | undefined {
  const { kind, channelId } = install.place;
  if (kind === 'channel' && channelId !== undefined) return { kind: 'channel', channelId };
  return kind === 'personal' && install.from ? { kind: 'person', userId: install.from.userId } : undefined;
}

function askerOf(options: TurnOptions, activity: InboundActivity, userId: UserId | undefined): Asker {
  return { tenantId: options.tenantId, userId, place: placeOf(activity), botId: activity.recipient.id };
}

/** The gates let no message and no click through without one. */
function personOf(activity: InboundActivity): UserId {
  const userId = entraId(activity.from.aadObjectId);
  if (userId === undefined) throw new Error('an activity without a person passed the gates');
  return userId;
}
