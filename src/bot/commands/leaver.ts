import type { Command, CommandCall } from '#bot/bot-context';
import { draftLeaver } from '#bot/draft-leaver';
import { notice } from '#bot/notice';
import { splitRequest } from '#bot/parse-when';
import { requestForm } from '#bot/request-form';
import { personPickerCard, personPickerSummary, personPickerView } from '#cards/person-picker';
import type { PersonView } from '#domain/subject';
import { findPeople, readPerson } from '#engine/directory';
import type { Reply } from '#engine/ports/chat';

/** Asks for somebody's leaving: answers with the form that shows who, when and what would change. Nothing happens before its Submit. */
export const leaver: Command = {
  name: 'leaver',
  usage: 'leaver <user> [on <date> [time]] [now]',
  summary: 'close somebody’s access on their last working day, and hand over their work',
  async run(call) {
    const { who, when } = splitRequest(call.rest);
    if (who === '')
      return [
        notice('Who is leaving?', [
          'Type leaver and their sign-in name or full name: leaver alex.morgan@northwind.example on 20 Nov 2026 17:00.',
        ]),
      ];
    const people = await peopleMeant(call, who);
    const [person] = people;
    if (!person) return [nobody(who)];
    if (people.length > 1) return [picker(who, people, when)];
    return [await answerFor(call, person, when)];
  },
};

/** A mention names exactly one person; typed text may fit several. */
async function peopleMeant({ bot, message }: CommandCall, who: string): Promise<readonly PersonView[]> {
  const mentioned = message.mentions.find(
    (mention) => mention.userId !== undefined && who.includes(mention.name ?? mention.text),
  );
  if (mentioned?.userId) {
    const person = await readPerson(bot.engine.graph, mentioned.userId);
    return person ? [person] : [];
  }
  return findPeople(bot.engine.graph, who.replace(/^@/, ''));
}

function nobody(who: string): Reply {
  const lines = [
    'Check the spelling, or use the sign-in name: leaver first.last@…',
    'I do not guess at people: only an exact name or address is taken.',
  ];
  return notice(`I find nobody called “${who}”`, lines, 'attention');
}

function picker(typed: string, people: readonly PersonView[], when: string): Reply {
  const view = personPickerView({ typed, people, carry: { when } });
  return { kind: 'card', card: personPickerCard(view), summary: personPickerSummary(view) };
}

async function answerFor({ bot, sender }: CommandCall, person: PersonView, when: string): Promise<Reply> {
  const drafted = await draftLeaver(bot.engine, sender, person, when);
  switch (drafted.kind) {
    case 'draft':
      return requestForm(bot.engine, drafted.draft);
    case 'exists':
      return notice(
        `Case ${drafted.caseId} is already open`,
        [`Type case ${drafted.caseId} to see how it stands.`],
        'accent',
      );
    case 'refused':
      return notice(drafted.title, drafted.lines, 'attention');
  }
}
