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

interface Counted {
  readonly noun: string;
  /** Phrases of the same opening are told together: "Leaves 9 groups, 3 lists". */
  readonly opening: Readonly<Record<Tense, string>>;
  readonly ending: Readonly<Record<Tense, string>>;
}

const none = { will: '', done: '' };
const leaving = { will: 'Leaves ', done: 'Left ' };

/** How several changes of one kind are told as a number; kinds that are not here stand one by one. */
const counted: Readonly<Partial<Record<Target['kind'], Counted>>> = {
  group: { noun: 'groups', opening: leaving, ending: none },
  list: { noun: 'lists', opening: leaving, ending: none },
  inboxRule: { noun: 'inbox rules', opening: none, ending: { will: ' are switched off', done: ' switched off' } },
  authenticationMethod: { noun: 'sign-in methods', opening: none, ending: { will: ' are removed', done: ' removed' } },
  license: { noun: 'licences', opening: none, ending: { will: ' return to the pool', done: ' back in the pool' } },
};

/** What a list of names of this kind is headed with: `Groups (9)`. */
export function countTitle(kind: Target['kind'], count: number): string | undefined {
  const noun = counted[kind]?.noun;
  return noun === undefined ? undefined : `${noun.charAt(0).toUpperCase()}${noun.slice(1)} (${count})`;
}

export function wordChanges(
  changes: readonly { readonly stepId: StepId; readonly change: Change }[],
  context: Pick<CardContext, 'describe'>,
): readonly Worded[] {
  return changes.map(({ stepId, change }) => ({ stepId, change, words: context.describe(stepId, change) }));
}

/** At most this many single sentences in a row of the card; the rest is behind the toggle. */
const mostSentences = 3;

/** The phrases for changes of one group of the card, numbers before names; Markdown. */
export function phrases(worded: readonly Worded[], tense: Tense): readonly string[] {
  const numbers = new Map<string, { opening: string; amounts: string[] }>();
  const order: string[] = [];
  const sentences: string[] = [];
  for (const [kind, members] of byKind(worded)) {
    const words = counted[kind];
    if (!words || members.length < 2) {
      sentences.push(...members.map((member) => escapeMarkdown(member.words[tense], 200)));
      continue;
    }
    const key = `${words.opening[tense]}|${words.ending[tense]}`;
    const phrase = numbers.get(key) ?? { opening: words.opening[tense], amounts: [] };
    if (!numbers.has(key)) order.push(key);
    phrase.amounts.push(`${members.length} ${words.noun}${words.ending[tense]}`);
    numbers.set(key, phrase);
  }
  const told = order.flatMap((key) => {
    const phrase = numbers.get(key);
    return phrase ? [`${phrase.opening}${phrase.amounts.join(', ')}`] : [];
  });
  const unique = [...new Set(sentences)];
  const more = unique.length - mostSentences;
  return [...unique.slice(0, mostSentences), ...(more > 0 ? [`${more} more`] : []), ...told];
}

function byKind(worded: readonly Worded[]): ReadonlyMap<Target['kind'], readonly Worded[]> {
  const kinds = new Map<Target['kind'], Worded[]>();
  for (const item of worded) kinds.set(item.change.target.kind, [...(kinds.get(item.change.target.kind) ?? []), item]);
  return kinds;
}
