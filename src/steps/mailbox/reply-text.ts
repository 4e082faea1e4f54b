const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ', amp: '&' };

/** What a person typed, as the HTML that Exchange keeps of an automatic reply. */
export function htmlOf(typed: string): string {
  const escaped = typed.trim().replace(/[&<>]/g, (character) => escapes[character] ?? character);
  return escaped.replace(/\r?\n/g, '<br>');
}

/** The words of an automatic reply: Exchange wraps and rewrites the HTML it is given, so only the words can be compared. */
export function wordsOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(lt|gt|quot|#39|nbsp|amp);/g, (entity, name: string) => entities[name] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}
