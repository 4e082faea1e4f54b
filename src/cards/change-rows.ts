import { countTitle, phrases, type Tense, type Worded } from '#cards/change-words';
import { escapeMarkdown } from '#cards/escape-markdown';
import type { PersonView } from '#domain/subject';
import type { StepText } from '#engine/step';

/** One row of a card: what happens in one group, and what of it stands out. Markdown. */
export interface ChangeRow {
  readonly group: string;
  readonly text: string;
  readonly attention: readonly string[];
}

const groups: readonly StepText['group'][] = ['Sign-in', 'Mail', 'Files', 'Access', 'Devices', 'Licences', 'By hand'];

/** At most this many lines that stand out in a row: more would not stand out. */
const mostAttention = 3;

export interface RowOptions {
  readonly tense: Tense;
  /** Whoever reads the card: named "you" where they get something. */
  readonly you?: Pick<PersonView, 'displayName'>;
}

/** Changes told by group, in the order in which people ask for them. */
export function changeRows(worded: readonly Worded[], options: RowOptions): readonly ChangeRow[] {
  return groups.flatMap((group) => {
    const members = worded.filter((item) => item.words.group === group);
    if (members.length === 0) return [];
    const text = phrases(members, options.tense).join(' · ');
    const attention = options.tense === 'will' ? attentionLines(members) : [];
    return [{ group, text: toReader(text, options), attention: attention.map((line) => toReader(line, options)) }];
  });
}

function attentionLines(members: readonly Worded[]): readonly string[] {
  const lines = [...new Set(members.flatMap((item) => (item.change.attention ? [item.change.attention] : [])))];
  const more = lines.length - mostAttention;
  const shown = lines.slice(0, mostAttention).map((line) => escapeMarkdown(line, 240));
  return more > 0 ? [...shown, `and ${more} more that stand out, in the full list`] : shown;
}

function toReader(text: string, options: RowOptions): string {
  if (!options.you) return text;
  return text.replaceAll(escapeMarkdown(options.you.displayName), '**you**');
}

/** Room for names in a card, in bytes of UTF-8: with everything else it stays under the card's limit. */
const detailBytes = 9000;
const longestName = 60;

/** Every change by name, one line a kind; what does not fit is counted, and stands in the evidence in full. Markdown. */
export function detailLines(worded: readonly Worded[], tense: Tense): readonly string[] {
  const kinds = new Map<string, Worded[]>();
  for (const item of worded) {
    const key = `${groups.indexOf(item.words.group)}|${item.stepId}|${item.change.target.kind}`;
    kinds.set(key, [...(kinds.get(key) ?? []), item]);
  }
  const share = Math.floor(detailBytes / Math.max(1, kinds.size));
  return [...kinds.keys()].sort().flatMap((key) => {
    const members = kinds.get(key) ?? [];
    const first = members[0];
    if (!first) return [];
    const title = members.length > 1 ? countTitle(first.change.target.kind, members.length) : undefined;
    const names = members.map((item) =>
      title ? escapeMarkdown(item.change.target.displayName, longestName) : escapeMarkdown(item.words[tense], 200),
    );
    return [`**${title ?? first.words.group}:** ${listed(names, share, title ? ', ' : ' · ')}`];
  });
}

/** Names up to a number of bytes, then how many more there are. */
export function listed(names: readonly string[], bytes: number, separator = ', '): string {
  const shown: string[] = [];
  let used = 0;
  for (const name of names) {
    used += Buffer.byteLength(name) + separator.length;
    if (used > bytes && shown.length > 0) break;
    shown.push(name);
  }
  const more = names.length - shown.length;
  return shown.join(separator) + (more > 0 ? ` and ${more} more; the evidence has all` : '');
}
