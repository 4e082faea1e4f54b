import type { Act } from '#bot/act';
import { answerAmended } from '#bot/amend/answer-amended';
import { openForChange } from '#bot/amend/open-for-change';
import { refusalNotice } from '#bot/amend/refusal-notice';
import { voidedBy } from '#bot/amend/voided-by';
import { askToConfirm } from '#bot/ask-to-confirm';
import type { BotContext, Sender } from '#bot/bot-context';
import { fillAutoReply } from '#bot/fill-auto-reply';
import { findDelegate } from '#bot/find-delegate';
import { notice } from '#bot/notice';
import type { CaseRecord } from '#domain/case';
import type { CaseId } from '#domain/ids';
import type { PersonView } from '#domain/subject';
import { findPeople, readPerson } from '#engine/directory';
import type { Engine } from '#engine/engine';
import type { Reply } from '#engine/ports/chat';
import { leaverIntents } from '#workflows/leaver-intents';

const longestReply = 2_000;

/** What somebody wants of the hand-over; what is left out stays. */
export interface HandOverChoice {
  /** As typed: a name, a sign-in name, `nobody`. */
  readonly delegate?: string;
  readonly autoReply?: string;
}

function unchanged(caseId: CaseId, line: string): Reply {
  return notice(`Case ${caseId} stays as it is`, [line], 'attention');
}

/** Shows who gets the mailbox now and who would, and the words that people who write would read. */
export async function proposeHandOver(
  bot: BotContext,
  sender: Sender,
  caseId: CaseId,
  choice: HandOverChoice,
): Promise<Reply> {
  const opened = await openForChange(bot, sender, caseId, 'hand-over');
  if ('reply' in opened) return opened.reply;
  const { engine } = bot;
  const { state } = opened;
  const { record } = state;
  const found =
    choice.delegate === undefined ? keeps(record) : await findDelegate(engine, record.person, choice.delegate);
  if ('error' in found) return unchanged(caseId, found.error);
  const delegate = found.person;
  const chosenAnew = delegate?.userId !== record.delegate?.userId;
  if (chosenAnew && delegate?.userId === sender.userId && !sender.roles.includes('hr'))
    return refusalNotice(engine, state, { kind: 'own-benefit' });
  const autoReply = (choice.autoReply ?? replyFor(engine, record, delegate)).trim();
  if (autoReply.length > longestReply)
    return unchanged(caseId, `The auto-reply is ${autoReply.length} characters long; ${longestReply} is the most.`);
  const rewords = autoReply !== (record.autoReply ?? '');
  if (!chosenAnew && !rewords) return unchanged(caseId, 'It is so already; nothing was changed.');
  return askToConfirm(bot, sender, {
    caseId,
    verb: 'change-hand-over',
    values: { delegate: delegate?.userId ?? 'nobody', autoReply },
    title: `Change the hand-over of ${record.person.displayName}?`,
    facts: [
      { title: 'Until now', value: mailboxWords(record.delegate) },
      { title: 'From now on', value: mailboxWords(delegate) },
      { title: 'Auto-reply', value: autoReply === '' ? 'none' : autoReply },
    ],
    consequences: [
      ...(await voidedBy(engine, state, 'hand-over')),
      'Closing access stays as it is: only the hand-over is planned and decided again.',
    ],
  });
}

function keeps({ delegate }: CaseRecord): { readonly person?: PersonView } {
  return delegate ? { person: delegate } : {};
}

function mailboxWords(delegate: PersonView | undefined): string {
  return delegate ? `The mailbox opens for ${delegate.displayName}` : 'The mailbox opens for nobody';
}

/** The firm's own text names whom to write to; what somebody has worded themselves stays as they worded it. */
function replyFor(engine: Engine, record: CaseRecord, delegate: PersonView | undefined): string {
  const present = record.autoReply ?? '';
  return present === fillAutoReply(engine, record.person, record.delegate)
    ? fillAutoReply(engine, record.person, delegate)
    : present;
}

export const changeHandOver: Act = async (bot, sender, { caseId, values }) => {
  const { delegate: chosen = 'nobody', autoReply = '' } = values;
  const opened = await openForChange(bot, sender, caseId, 'hand-over');
  if ('reply' in opened) return opened.reply;
  const found = await findDelegate(bot.engine, opened.state.record.person, chosen);
  if ('error' in found) return unchanged(caseId, found.error);
  return answerAmended(bot, sender, caseId, {
    kind: 'hand-over',
    delegate: found.person ?? null,
    autoReply,
    intents: leaverIntents,
  });
};

/** Shows whose decision the hand-over becomes. */
export async function proposeManager(bot: BotContext, sender: Sender, caseId: CaseId, typed: string): Promise<Reply> {
  const opened = await openForChange(bot, sender, caseId, 'manager');
  if ('reply' in opened) return opened.reply;
  const { engine } = bot;
  const { record } = opened.state;
  const people = await findPeople(engine.graph, typed);
  const [manager, ...others] = people;
  if (!manager) return unchanged(caseId, `Nobody is called “${typed}”. Write the name in full, or the sign-in name.`);
  if (others.length > 0) {
    const names = people.map((one) => one.userPrincipalName).join(', ');
    return unchanged(caseId, `Several people are called “${typed}”. Write the sign-in name: ${names}.`);
  }
  const fault = managerFault(record, manager);
  if (fault) return unchanged(caseId, fault);
  return askToConfirm(bot, sender, {
    caseId,
    verb: 'change-manager',
    values: { manager: manager.userId },
    title: `Let ${manager.displayName} decide on the hand-over?`,
    facts: [
      { title: 'Who leaves', value: record.person.displayName },
      { title: 'Until now', value: record.manager?.displayName ?? 'nobody' },
      { title: 'From now on', value: manager.displayName },
    ],
    consequences: [
      'What was decided on the hand-over so far does not count: the new manager is asked.',
      'The manager in Entra stays as it is, and so does who gets the mailbox.',
    ],
  });
}

function managerFault(record: CaseRecord, manager: PersonView): string | undefined {
  if (manager.userId === record.person.userId) return 'Nobody decides on their own leaving. Choose somebody else.';
  if (manager.userId === record.manager?.userId) return `${manager.displayName} is the manager already.`;
  if (manager.accountEnabled === false) return `${manager.displayName} cannot sign in, so could not decide.`;
  if (manager.userType === 'Guest') return `${manager.displayName} is a guest; a colleague decides.`;
  return undefined;
}

export const changeManager: Act = async (bot, sender, { caseId, values }) => {
  const manager = await readPerson(bot.engine.graph, values['manager'] ?? '');
  const opened = await openForChange(bot, sender, caseId, 'manager');
  if ('reply' in opened) return opened.reply;
  if (!manager) return unchanged(caseId, 'That account is gone. Choose somebody else.');
  const { record } = opened.state;
  const fault = managerFault(record, manager);
  if (fault && record.manager?.userId !== manager.userId) return unchanged(caseId, fault);
  return answerAmended(bot, sender, caseId, { kind: 'manager', manager });
};
