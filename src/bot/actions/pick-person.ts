import type { Action } from '#bot/bot-context';
import { draftLeaver } from '#bot/draft-leaver';
import { notice } from '#bot/notice';
import { requestForm } from '#bot/request-form';
import { readPerson } from '#engine/directory';

/** One of several people with the same name was chosen: on to the request form. */
export const pickPerson: Action = {
  verb: 'pick-person',
  async run({ bot, sender, action }) {
    const person = action.data['userId'] ? await readPerson(bot.engine.graph, action.data['userId']) : undefined;
    if (!person) return notice('That account is gone', ['Type leaver and the name again.'], 'attention');
    const drafted = await draftLeaver(bot.engine, sender, person, action.data['when'] ?? '');
    if (drafted.kind === 'draft') return requestForm(bot.engine, drafted.draft);
    if (drafted.kind === 'exists')
      return notice(
        `Case ${drafted.caseId} is already open`,
        [`Type case ${drafted.caseId} to see how it stands.`],
        'accent',
      );
    return notice(drafted.title, drafted.lines, 'attention');
  },
};
