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

interface NamedLine {
  readonly title: string;
  readonly names: readonly string[];
  readonly separator: string;
}

/** Every change by name: a line for each kind that is told as a number, one per group for the rest. Markdown. */
export function detailLines(worded: readonly Worded[], tense: Tense): readonly string[] {
  const lines = groups.flatMap((group) => linesOf(group, worded, tense));
  const room = sharedRoom(lines.map((line) => Buffer.byteLength(line.names.join(line.separator))));
  return lines.map((line, index) => `**${line.title}:** ${listed(line.names, room[index] ?? 0, line.separator)}`);
}

function linesOf(group: StepText['group'], worded: readonly Worded[], tense: Tense): readonly NamedLine[] {
  const members = worded.filter((item) => item.words.group === group);
  const kinds = [...new Set(members.map((item) => item.change.target.kind))];
  const counted = kinds.flatMap((kind) => {
    const named = members.filter((item) => item.change.target.kind === kind);
    const title = named.length > 1 ? countTitle(kind, named.length) : undefined;
    if (title === undefined) return [];
    return [
      {
        kind,
        title,
        names: named.map((item) => escapeMarkdown(item.change.target.displayName, longestName)),
        separator: ', ',
      },
    ];
  });
  const rest = members.filter((item) => !counted.some((line) => line.kind === item.change.target.kind));
  const sentences = [...new Set(rest.map((item) => escapeMarkdown(item.words[tense], 200)))];
  return [...(sentences.length > 0 ? [{ title: group, names: sentences, separator: ' · ' }] : []), ...counted];
}

/** Divides the room for names: short lists get what they need, the longest ones share what is left. */
function sharedRoom(needs: readonly number[]): readonly number[] {
  const order = needs.map((need, index) => ({ need, index })).sort((a, b) => a.need - b.need);
  const room = needs.map(() => 0);
  let left = detailBytes;
  for (const [rank, { need, index }] of order.entries()) {
    const given = Math.min(need, Math.floor(left / (order.length - rank)));
    room[index] = given;
    left -= given;
  }
  return room;
}

/** Names up to a number of bytes, then how many more there are. */
function listed(names: readonly string[], bytes: number, separator: string): string {
  const shown: string[] = [];
  let used = 0;
  for (const name of names) {
    used += Buffer.byteLength(name) + (shown.length > 0 ? Buffer.byteLength(separator) : 0);
    if (used > bytes && shown.length > 0) break;
    shown.push(name);
  }
  const more = names.length - shown.length;
  return shown.join(separator) + (more > 0 ? ` and ${more} more; the evidence has all` : '');
}
