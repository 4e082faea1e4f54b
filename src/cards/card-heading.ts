import { escapeMarkdown } from '#cards/escape-markdown';
import { personLine } from '#cards/person-line';
import { plainText } from '#cards/plain-text';
import type { CaseRecord } from '#domain/case';
import type { PersonView } from '#domain/subject';

/** Colours of Adaptive Cards that stay readable in Teams' light and dark themes; `Warning` and `Good` do not as text. */
export type TextColour = 'Default' | 'Accent' | 'Attention';
export type BandStyle = 'emphasis' | 'accent' | 'good' | 'attention';

/** Left top a sentence about the person, right top what is wanted of the reader. Markdown. */
export interface Heading {
  readonly title: string;
  readonly subtitle: string;
  readonly state: string;
  readonly stateColour: TextColour;
  /** `Case L-104`; empty where there is no case yet. */
  readonly caseLine: string;
}

/** The one band with the most important fact or time. Markdown. */
export interface Band {
  readonly style: BandStyle;
  readonly lines: readonly string[];
}

export function personHeading(
  person: PersonView,
  verb: string,
  state: string,
  stateColour: TextColour = 'Default',
): Heading {
  return {
    title: `${escapeMarkdown(person.displayName, 60)} ${verb}`,
    subtitle: personLine(person),
    state,
    stateColour,
    caseLine: '',
  };
}

/** What is to be said of the person: the same on every card of the case. */
export function leavingVerb(record: CaseRecord): string {
  if (record.follows !== undefined) return 'has left: what follows';
  if (record.cancelled) return 'is not leaving';
  return record.milestones.completedAt === undefined ? 'is leaving' : 'has left';
}

export function caseHeading(
  record: CaseRecord,
  verb: string,
  state: string,
  stateColour: TextColour = 'Default',
): Heading {
  return { ...personHeading(record.person, verb, state, stateColour), caseLine: `Case ${record.caseId}` };
}

/** `Alex Morgan's`, for plain text. */
export function possessive(person: Pick<PersonView, 'displayName'>): string {
  return `${plainText(person.displayName, 60)}'s`;
}
