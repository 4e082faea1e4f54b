import { markdown } from '#cards/escape-markdown';
import type { PolicyDifference } from '#domain/house';
import type { Json } from '#domain/json';

/** What the directory calls a person or a group at this moment; `undefined`: it knows nobody by that id, or was not asked. */
export type DirectoryName = (id: string) => string | undefined;

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Every object id in a difference: the people and groups that it speaks of. */
export function idsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return guid.test(value) ? [value.toLowerCase()] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(idsIn);
}

/** `take-default → wait-and-escalate`; `added: …`; `removed: …`. Markdown, never cut: what is signed is seen in full. */
export function differenceWords({ before, after }: PolicyDifference, nameOf: DirectoryName): string {
  if (before === undefined) return markdown`**added:** ` + whole(after ?? null, nameOf);
  if (after === undefined) return markdown`**removed:** ` + whole(before, nameOf);
  return `${whole(before, nameOf)} → **${whole(after, nameOf)}**`;
}

/** In pieces short enough that escaping leaves each of them whole. */
function whole(value: Json, nameOf: DirectoryName): string {
  const words = valueWords(value, nameOf);
  return (words.match(/.{1,250}(?:\s|$)|.{1,250}/gsu) ?? [words]).map((piece) => markdown`${piece}`).join('');
}

/** A value of the policy in words, plain text. */
function valueWords(value: Json, nameOf: DirectoryName): string {
  if (typeof value === 'string') return guid.test(value) ? idWords(value, nameOf) : value === '' ? 'nothing' : value;
  if (typeof value !== 'object' || value === null) return value === null ? 'nothing' : String(value);
  if (isList(value))
    return value.length === 0 ? 'nobody and nothing' : value.map((one) => valueWords(one, nameOf)).join(', ');
  const { id, name } = value;
  if (typeof id === 'string' && typeof name === 'string' && Object.keys(value).length === 2)
    return groupWords(id, name, nameOf);
  return Object.entries(value)
    .map(([key, inner]) => `${key}: ${inner === undefined ? 'nothing' : valueWords(inner, nameOf)}`)
    .join('; ');
}

function idWords(id: string, nameOf: DirectoryName): string {
  return `${nameOf(id.toLowerCase()) ?? 'somebody whom Entra does not know'} (${id})`;
}

/** The file's name of a group finds nothing: what counts is the id, so what Entra calls it is told where the two differ. */
function groupWords(id: string, name: string, nameOf: DirectoryName): string {
  const known = nameOf(id.toLowerCase());
  if (known === name) return `${name} (${id})`;
  return `${known === undefined ? 'a group that Entra does not know' : known} (${id}), called ${name} in the file`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
