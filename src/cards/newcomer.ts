import type { Band, TextColour } from '#cards/card-heading';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import { expandTemplate } from '#cards/expand-template';
import { plainText } from '#cards/plain-text';
import type { PersonView } from '#domain/subject';
import type { Card } from '#engine/ports/chat';
import template from '../../cards/newcomer.json' with { type: 'json' };

export interface Newcomer {
  readonly person: Pick<PersonView, 'displayName' | 'jobTitle' | 'department'>;
  /** `Latchkey Approvers` */
  readonly group: string;
  /** `Sat 21 Nov 2026 at 10:00 (London)`: from when what is elevated is theirs to decide; none: already. */
  readonly from?: string;
  /** They are not in the group any more. */
  readonly left?: boolean;
}

export interface NewcomerView {
  readonly title: string;
  readonly state: string;
  readonly stateColour: TextColour;
  readonly band: Band;
  readonly lines: readonly string[];
  readonly fallbackText: string;
  readonly summary: string;
}

/** Tells those who decide who decides with them from now on. */
export function newcomerView({ person, group, from, left = false }: Newcomer): NewcomerView {
  const name = plainText(person.displayName, 60);
  const title = `${name} ${left ? 'is not in' : 'joined'} ${plainText(group, 60)}${left ? ' any more' : ''}`;
  const who = [person.jobTitle, person.department].filter((part) => part !== undefined && part !== '').join(' · ');
  return {
    title: escapeMarkdown(title, 200),
    state: left ? 'Left' : 'For you to know',
    stateColour: left ? 'Default' : 'Accent',
    band: { style: left ? 'emphasis' : 'accent', lines: [standing(group, from, left)] },
    lines: left
      ? []
      : [
          ...(who === '' ? [] : [markdown`${name}: ${who}.`]),
          'Not expected? Tell IT leadership at once: whoever can change the group decides who decides.',
        ],
    fallbackText: `${title}. ${left ? 'Nothing has to be done.' : 'Not expected? Tell IT leadership.'} Type 'policy' to see the rules in force.`,
    summary: `Somebody ${left ? 'is not in' : 'joined'} ${plainText(group, 60)}${left ? ' any more' : ''}`,
  };
}

function standing(group: string, from: string | undefined, left: boolean): string {
  if (left) return 'They decide nothing as a member of it.';
  if (from === undefined) return markdown`They decide what members of ${group} decide.`;
  return markdown`They decide nothing elevated before **${from}**.`;
}

/** Names nobody. */
export function newcomerSummary(view: NewcomerView): string {
  return view.summary;
}

export function newcomerCard(view: NewcomerView): Card {
  return expandTemplate('newcomer', template, view);
}
