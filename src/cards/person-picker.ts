import { type ButtonData, buttonData } from '#cards/card-data';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import { expandTemplate } from '#cards/expand-template';
import { personLine } from '#cards/person-line';
import { plainText } from '#cards/plain-text';
import type { PersonView } from '#domain/subject';
import type { Card } from '#engine/ports/chat';
import template from '../../cards/person-picker.json' with { type: 'json' };

interface PickRow extends ButtonData {
  readonly name: string;
  readonly line: string;
  readonly account: string;
  readonly tooltip: string;
}

export interface PersonPickerView {
  readonly title: string;
  readonly note: string;
  readonly people: readonly PickRow[];
  readonly fallbackText: string;
  readonly summary: string;
}

/** More than this and the answer is to type more of the name, not to scroll. */
const mostPeople = 6;

/**
 * Several people fit what was typed: the reader chooses, nothing is guessed. `carry` goes along with the choice (the draft id, the
 * date typed with the command); each button's data is `{ latchkey: { ...carry, userId } }`.
 */
export function personPickerView(input: {
  readonly typed: string;
  readonly people: readonly PersonView[];
  readonly carry?: Readonly<Record<string, string>>;
}): PersonPickerView {
  const shown = input.people.slice(0, mostPeople);
  const more = input.people.length - shown.length;
  const rest =
    more > 0 ? ` These are the first ${mostPeople}; type more of the name, or the sign-in name, to see others.` : '';
  return {
    title: markdown`${input.people.length.toString()} people fit "${plainText(input.typed, 60)}"`,
    note: `Whom do you mean? Nothing has happened yet.${rest}`,
    people: shown.map((person) => ({
      name: escapeMarkdown(person.displayName),
      line: personLine(person),
      account: escapeMarkdown(person.userPrincipalName, 120),
      tooltip: plainText(`Choose ${person.displayName}, ${person.department ?? person.userPrincipalName}`, 120),
      ...buttonData('pick-person', { ...input.carry, userId: person.userId }),
    })),
    fallbackText: 'Several people fit that name. Type the command again with the sign-in name.',
    summary: 'Several people fit that name; please choose one',
  };
}

export function personPickerSummary(view: PersonPickerView): string {
  return view.summary;
}

/** Buttons: `Choose` for each person (verb pick-person). */
export function personPickerCard(view: PersonPickerView): Card {
  return expandTemplate('person-picker', template, view);
}
