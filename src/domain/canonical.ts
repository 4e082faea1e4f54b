import { createHash } from 'node:crypto';
import type { Json } from '#domain/json';

/**
 * RFC 8785 (JSON Canonicalization Scheme): one line, members sorted by UTF-16 code units, numbers and strings as ECMAScript writes them.
 * Members that are `undefined` are left out. Throws `TypeError` for what JSON cannot say: NaN, an infinity, a lone surrogate (which
 * UTF-8 would replace, so that two different texts would hash alike).
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (typeof value === 'string') return canonicalString(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${canonicalString(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

/** Lower-case hex SHA-256 of the text's UTF-8 bytes. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`not a JSON number: ${value}`);
  return JSON.stringify(value);
}

function canonicalString(value: string): string {
  if (/\p{Surrogate}/u.test(value)) throw new TypeError('text with a lone surrogate has no canonical form');
  return JSON.stringify(value);
}

/** Array.isArray does not narrow a readonly array. */
function isList(value: readonly Json[] | object): value is readonly Json[] {
  return Array.isArray(value);
}
