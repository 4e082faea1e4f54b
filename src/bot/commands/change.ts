import { proposeHandOver, proposeManager } from '#bot/amend/change';
import { openForChange } from '#bot/amend/open-for-change';
import type { Command, CommandCall } from '#bot/bot-context';
import { takeCaseId } from '#bot/case-argument';
import { notice } from '#bot/notice';
import type { CaseId } from '#domain/ids';
import type { Reply } from '#engine/ports/chat';

const lines = [
  'Type change, the id and what: change L-104 delegate Priya Shah (or nobody), change L-104 reply and the text, change L-104 manager Morgan Lee.',
  'The day is moved with reschedule.',
];

export const changeCommand: Command = {
  name: 'change',
  usage: 'change <id> delegate|reply|manager <new>',
  summary: 'change who gets the mailbox, the auto-reply, or who decides on it',
  async run(call) {
    const named = takeCaseId(call.rest);
    if (!named) return [notice('Which case, and what?', lines)];
    return [await answerFor(call, named.caseId, named.rest)];
  },
};

async function answerFor({ bot, sender, message }: CommandCall, caseId: CaseId, rest: string): Promise<Reply> {
  const match = /^(delegate|reply|manager|subject)\b\s*(?:to\s+)?(.*)$/i.exec(rest);
  const [, what = '', typed = ''] = match ?? [];
  // A mention stands for exactly one person.
  const who = message.mentions.find(({ userId }) => userId !== undefined)?.userId ?? typed.replace(/^@/, '');
  switch (what.toLowerCase()) {
    case 'subject':
      return otherSubject({ bot, sender }, caseId);
    case 'delegate':
      return who === ''
        ? notice('Who is to get the mailbox?', lines)
        : proposeHandOver(bot, sender, caseId, { delegate: who });
    case 'reply':
      return proposeHandOver(bot, sender, caseId, { autoReply: /^none$/i.test(typed) ? '' : typed });
    case 'manager':
      return who === '' ? notice('Who is to decide?', lines) : proposeManager(bot, sender, caseId, who);
    default:
      return notice('What is to change?', lines);
  }
}

/** Whom a case is about never changes: what was read, shown and approved was about that one person. */
async function otherSubject({ bot, sender }: Pick<CommandCall, 'bot' | 'sender'>, caseId: CaseId): Promise<Reply> {
  const opened = await openForChange(bot, sender, caseId, 'cancel');
  if ('reply' in opened) return opened.reply;
  return notice(
    `Case ${caseId} stays with ${opened.state.record.person.displayName}`,
    [
      'Whom a case is about cannot be changed: everything that was read and approved was about that person.',
      `Nothing has been done yet. Type cancel ${caseId} and the reason, then leaver and the right person.`,
    ],
    'attention',
  );
}
