import { closest, distance } from 'fastest-levenshtein';
import { answer } from '#bot/actions/answer';
import { approve } from '#bot/actions/approve';
import { approveDigest } from '#bot/actions/approve-digest';
import { ask } from '#bot/actions/ask';
import { cancelCaseAction } from '#bot/actions/cancel-case';
import { cancelDraft } from '#bot/actions/cancel-draft';
import { changeHandOverAction } from '#bot/actions/change-hand-over';
import { confirm } from '#bot/actions/confirm';
import { doneByHand } from '#bot/actions/done-by-hand';
import { evidence } from '#bot/actions/evidence';
import { keep } from '#bot/actions/keep';
import { neverMind } from '#bot/actions/never-mind';
import { pickPerson } from '#bot/actions/pick-person';
import { reassign } from '#bot/actions/reassign';
import { reject } from '#bot/actions/reject';
import { rejectDigest } from '#bot/actions/reject-digest';
import { rejectPolicy } from '#bot/actions/reject-policy';
import { rescheduleAction } from '#bot/actions/reschedule';
import { retry } from '#bot/actions/retry';
import { showCase } from '#bot/actions/show-case';
import { signPolicyAction } from '#bot/actions/sign-policy';
import { submitLeaver } from '#bot/actions/submit-leaver';
import { waive } from '#bot/actions/waive';
import { type Action, type BotContext, type Command, isShared, type Sender } from '#bot/bot-context';
import { answerCommand } from '#bot/commands/answer';
import { approvals } from '#bot/commands/approvals';
import { approveCommand } from '#bot/commands/approve';
import { askCommand } from '#bot/commands/ask';
import { cancelCommand } from '#bot/commands/cancel';
import { caseCommand } from '#bot/commands/case';
import { cases } from '#bot/commands/cases';
import { changeCommand } from '#bot/commands/change';
import { confirmCommand } from '#bot/commands/confirm';
import { delegate } from '#bot/commands/delegate';
import { doneCommand } from '#bot/commands/done';
import { exceptionsCommand } from '#bot/commands/exceptions';
import { help } from '#bot/commands/help';
import { holdCommand } from '#bot/commands/hold';
import { keepCommand } from '#bot/commands/keep';
import { leaver } from '#bot/commands/leaver';
import { policyCommand } from '#bot/commands/policy';
import { reassignCommand } from '#bot/commands/reassign';
import { rejectCommand } from '#bot/commands/reject';
import { rescheduleCommand } from '#bot/commands/reschedule';
import { retryCommand } from '#bot/commands/retry';
import { signCommand } from '#bot/commands/sign';
import { waiveCommand } from '#bot/commands/waive';
import { notice } from '#bot/notice';
import { readerOf } from '#bot/reader-of';
import { helpCard, helpSummary, helpView } from '#cards/help';
import { welcomeCard, welcomeSummary, welcomeView } from '#cards/welcome';
import type { UserId } from '#domain/ids';
import { rolesOf } from '#engine/directory';
import type { InboundAction, InboundInstall, InboundMessage, Reply, Router } from '#engine/ports/chat';

export const commands: readonly Command[] = [
  leaver,
  cases,
  caseCommand,
  approvals,
  approveCommand,
  rejectCommand,
  delegate,
  retryCommand,
  doneCommand,
  waiveCommand,
  reassignCommand,
  exceptionsCommand,
  keepCommand,
  holdCommand,
  askCommand,
  answerCommand,
  rescheduleCommand,
  changeCommand,
  cancelCommand,
  confirmCommand,
  policyCommand,
  signCommand,
  help,
];

export const actions: readonly Action[] = [
  submitLeaver,
  cancelDraft,
  pickPerson,
  approve,
  reject,
  showCase,
  retry,
  doneByHand,
  waive,
  reassign,
  evidence,
  ask,
  answer,
  changeHandOverAction,
  rescheduleAction,
  cancelCaseAction,
  confirm,
  neverMind,
  signPolicyAction,
  rejectPolicy,
  approveDigest,
  rejectDigest,
  keep,
];

/** How far a typed word may be from a command's name to be taken for a slip of the fingers. */
const nearEnough = 3;

/** Everything that people write and click comes through here; what they may do is decided by each command and action. */
export function createRouter(bot: BotContext): Router {
  return async (inbound) => {
    switch (inbound.kind) {
      case 'message':
        return onMessage(bot, inbound);
      case 'action':
        return [await onAction(bot, inbound)];
      case 'install':
        return onInstall(bot, inbound);
    }
  };
}

async function senderOf({ engine }: BotContext, userId: UserId): Promise<Sender> {
  return { userId, roles: await rolesOf(engine.graph, engine.policy, userId) };
}

async function onMessage(bot: BotContext, message: InboundMessage): Promise<readonly Reply[]> {
  const sender = await senderOf(bot, message.from.userId);
  const text = message.text.trim().replace(/\s+/g, ' ');
  const [word = '', ...others] = text.split(' ');
  const command = commands.find(({ name }) => name === word.toLowerCase());
  const replies = command
    ? await command.run({ bot, sender, message, rest: others.join(' ') })
    : [await notACommand(bot, sender, text, word)];
  return isShared(message.place) ? continueInPrivate(replies) : replies;
}

/** Others read along here: nobody is named, the answer itself goes to the person's own chat. */
function continueInPrivate(replies: readonly Reply[]): readonly Reply[] {
  const here = notice('I have answered you in our own chat', [
    'Commands are about people, so I answer where nobody else reads along.',
  ]);
  return [here, ...replies.map((reply) => (reply.kind === 'error' ? reply : { ...reply, privately: true }))];
}

const greetings = ['', 'hi', 'hello', 'hey', 'start', '?'];

async function notACommand(bot: BotContext, sender: Sender, text: string, word: string): Promise<Reply> {
  const reader = await readerOf(bot, sender);
  if (greetings.includes(word.toLowerCase())) {
    const view = helpView(reader);
    return { kind: 'card', card: helpCard(view), summary: helpSummary(view) };
  }
  const nearest = closest(
    word.toLowerCase(),
    commands.map(({ name }) => name),
  );
  const isSlip = distance(word.toLowerCase(), nearest) <= Math.min(nearEnough, Math.floor(word.length / 2));
  const meant = text.length > word.length ? `${nearest}${text.slice(word.length)}` : nearest;
  const view = helpView(reader, { typed: text, ...(isSlip ? { nearest: meant } : {}) });
  return { kind: 'card', card: helpCard(view), summary: helpSummary(view) };
}

async function onAction(bot: BotContext, inbound: InboundAction): Promise<Reply> {
  const action = actions.find(({ verb }) => verb === inbound.verb);
  if (!action)
    return notice('This button is from another version', ['Type help to see what can be done now.'], 'attention');
  return action.run({ bot, sender: await senderOf(bot, inbound.from.userId), action: inbound });
}

async function onInstall(bot: BotContext, inbound: InboundInstall): Promise<readonly Reply[]> {
  if (inbound.action === 'remove') return [];
  const sender =
    inbound.from && inbound.place.kind === 'personal' ? await senderOf(bot, inbound.from.userId) : undefined;
  const view = welcomeView(inbound.place.kind, sender && (await readerOf(bot, sender)));
  return [{ kind: 'card', card: welcomeCard(view), summary: welcomeSummary(view) }];
}
