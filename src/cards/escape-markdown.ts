import { nameLength, plainText } from '#cards/plain-text';

/**
 * What came from people or the tenant, made safe for a TextBlock or a Fact, which Teams reads as Markdown: a name such as
 * `[pay](http://…)` stays those characters and becomes no link. Source: Adaptive Cards documentation, "Text features".
 */
export function escapeMarkdown(text: string, maxLength: number = nameLength): string {
  const escaped = escapeSigns(plainText(text, maxLength));
  // Nothing but signs takes three times its room in a card: cut shorter, so that the card's size stays in bounds.
  if (Buffer.byteLength(JSON.stringify(escaped)) <= maxLength * 2 + 2) return escaped;
  return escapeSigns(plainText(text, Math.floor(maxLength * 0.6)));
}

function escapeSigns(line: string): string {
  return line
    .replace(/[\\`*_[\]<>~|]/g, '\\$&')
    .replace(/&(?=#?\w{1,32};)/g, '\\&')
    .replace(/^([-+#])/, '\\$1')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** Template tag: the sentence's own words are Markdown, everything filled in is escaped (spaces at its ends are kept). */
export function markdown(words: TemplateStringsArray, ...values: readonly string[]): string {
  return words.map((word, index) => word + (index < values.length ? filledIn(values[index] ?? '') : '')).join('');
}

function filledIn(value: string): string {
  const text = escapeMarkdown(value, 600);
  if (text === '') return '';
  return `${value.startsWith(' ') ? ' ' : ''}${text}${value.endsWith(' ') ? ' ' : ''}`;
}
