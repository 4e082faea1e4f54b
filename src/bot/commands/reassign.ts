import { answerReassign } from '#bot/answer-reassign';
import type { BotContext, Command } from '#bot/bot-context';
import { takeCaseId, takeExceptionId } from '#bot/case-argument';
import { notice } from '#bot/notice';
import type { Role } from '#domain/part';
import { findPeople } from '#engine/directory';
import type { Reply } from '#engine/ports/chat';
import type { ReassignRequest } from '#engine/reassign-exception';

const groups: Readonly<Record<string, Role>> = {
  hr: 'hr',
  it: 'it',
  itleadership: 'itLeadership',
  'it leadership': 'itLeadership',
  leadership: 'itLeadership',
  approvers: 'approvers',
};

export const reassignCommand: Command = {
  name: 'reassign',
  usage: 'reassign <id> [number] to <user or group>',
  summary: 'give an exception to somebody else: a person, hr, it, leadership or approvers',
  async run({ bot, sender, message, rest }) {
    const named = takeCaseId(rest);
    const { exceptionId, rest: behind } = takeExceptionId(named?.rest ?? '');
    const typed = /^to\s+(.+)$/i.exec(behind)?.[1];
    if (!named || !typed)
      return [
        notice('Which case, and to whom?', [
          'Type it like this: reassign L-104 to Priya Shah; with several exceptions also the number: reassign L-104 2 to it.',
        ]),
      ];
    // A mention stands for exactly one person.
    const mentioned = message.mentions.find(({ userId }) => userId !== undefined)?.userId;
    const to = mentioned ? ({ kind: 'person', userId: mentioned } as const) : await findTaker(bot, typed);
    if ('reply' in to) return [to.reply];
    const { caseId } = named;
    return [
      await answerReassign(bot, sender, { caseId, userId: sender.userId, ...(exceptionId ? { exceptionId } : {}), to }),
    ];
  },
};

async function findTaker({ engine }: BotContext, typed: string): Promise<ReassignRequest['to'] | { reply: Reply }> {
  const role = groups[typed.toLowerCase()];
  if (role) return { kind: 'role', role };
  const [person, ...others] = await findPeople(engine.graph, typed.replace(/^@/, ''));
  if (person && others.length === 0) return { kind: 'person', userId: person.userId };
  const reply = person
    ? notice(`Several people are called “${typed}”`, [
        'Type the sign-in name of the one you mean:',
        ...[person, ...others].map((one) => one.userPrincipalName),
      ])
    : notice(`Nobody is called “${typed}”`, [
        'Write the whole name, the sign-in name, or one of: hr, it, leadership, approvers.',
      ]);
  return { reply };
}
