import type { CardContext } from '#cards/card-context';
import { escapeMarkdown } from '#cards/escape-markdown';
import type { Change, Target } from '#domain/change';
import type { StepId } from '#domain/ids';
import type { StepText } from '#engine/step';

export type Tense = 'will' | 'done';

/** One change with its words. */
export interface Worded {
  readonly stepId: StepId;
  readonly change: Change;
  readonly words: StepText;
}

/** What several targets of a kind are called; kinds that are not here stand one by one. */
const nouns: Readonly<Partial<Record<Target['kind'], string>>> = {
  group: 'groups',
  list: 'lists',
  inboxRule: 'inbox rules',
  authenticationMethod: 'sign-in methods',
  license: 'licences',
};

/** What a list of names of this kind is headed with: `Groups (9)`. */
export function countTitle(kind: Target['kind'], count: number): string | undefined {
  const noun = nouns[kind];
  return noun === undefined ? undefined : `${noun.charAt(0).toUpperCase()}${noun.slice(1)} (${count})`;
}

export function wordChanges(
  changes: readonly { readonly stepId: StepId; readonly change: Change }[],
  context: Pick<CardContext, 'describe'>,
): readonly Worded[] {
  return changes.map(({ stepId, change }) => ({ stepId, change, words: context.describe(stepId, change) }));
}

/** At most this many single sentences in a row of the card; the rest is behind the toggle. */
const mostSentences = 6;

/** A sentence with its target's name taken out: `Leaves the list sales` is `Leaves ` and nothing. */
interface Pattern {
  readonly opening: string;
  readonly ending: string;
}

/** The phrases for changes of one group of the card, numbers before names: "Leaves 9 groups, 3 lists"; Markdown. */
export function phrases(worded: readonly Worded[], tense: Tense): readonly string[] {
  const amounts = new Map<string, { readonly pattern: Pattern; readonly told: string[] }>();
  const sentences: string[] = [];
  for (const members of alike(worded, tense)) {
    const [first] = members;
    const noun = first && nouns[first.change.target.kind];
    const pattern = first && patternOf(first, tense);
    if (members.length < 2 || !noun || !pattern) {
      sentences.push(...members.map((member) => escapeMarkdown(member.words[tense], 200)));
      continue;
    }
    const key = `${pattern.opening}|${pattern.ending}`;
    const amount = amounts.get(key) ?? { pattern, told: [] };
    amount.told.push(`${members.length} ${noun}`);
    amounts.set(key, amount);
  }
  const unique = [...new Set(sentences)];
  const more = unique.length - mostSentences;
  const told = [...amounts.values()].map(
    ({ pattern, told: counts }) => `${pattern.opening}${counts.join(', ')}${pattern.ending}`,
  );
  return [...unique.slice(0, mostSentences), ...(more > 0 ? [`${more} more`] : []), ...told];
}

/** Changes that would be told in the same words but for the name. */
function alike(worded: readonly Worded[], tense: Tense): readonly (readonly Worded[])[] {
  const sets = new Map<string, Worded[]>();
  for (const item of worded) {
    const pattern = patternOf(item, tense);
    const key = `${item.change.target.kind}|${pattern ? `${pattern.opening}|${pattern.ending}` : item.words[tense]}`;
    sets.set(key, [...(sets.get(key) ?? []), item]);
  }
  return [...sets.values()];
}

const singular: readonly (readonly [RegExp, string])[] = [
  [/^ is\b/, ' are'],
  [/^ was\b/, ' were'],
  [/^ (return|stop|give|forward)s\b/, ' $1'],
];

function patternOf({ change, words }: Worded, tense: Tense): Pattern | undefined {
  const text = words[tense];
  const at = text.indexOf(change.target.displayName);
  if (at < 0 || change.target.displayName === '') return undefined;
  const opening = text
    .slice(0, at)
    .replace(/(?:^|(?<= ))[Tt]he (?:list|rule|group) (?=“?$)/, '')
    .replace(/“$/, '');
  const ending = text.slice(at + change.target.displayName.length).replace(/^”/, '');
  const plural = opening === '' ? singular.reduce((rest, [one, many]) => rest.replace(one, many), ending) : ending;
  return { opening: escapeWords(opening), ending: escapeWords(plural) };
}

/** Escapes a sentence's own words without trimming the spaces around the number. */
function escapeWords(text: string): string {
  return text.replace(/\S+/g, (word) => escapeMarkdown(word));
}
