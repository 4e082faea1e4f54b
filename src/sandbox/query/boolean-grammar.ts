/** A test on one object. */
export type Test<T> = (candidate: T) => boolean;

/** Tokens with a place to read from; `next` and `peek` answer the empty string at the end. */
export interface TokenReader {
  peek(): string;
  next(): string;
  /** Takes the next token when it is this word (case does not matter). */
  take(word: string): boolean;
}

export class MalformedExpression extends Error {}

const tokenPattern = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[(),:]|[^\s(),:'"]+/g;

function readTokens(text: string): TokenReader {
  const tokens = text.match(tokenPattern) ?? [];
  let at = 0;
  const peek = (): string => tokens[at] ?? '';
  return {
    peek,
    next: () => tokens[at++] ?? '',
    take: (word) => {
      const hit = peek().toLowerCase() === word;
      if (hit) at += 1;
      return hit;
    },
  };
}

/** The text inside a quoted token, or undefined for another token. */
export function unquoted(token: string): string | undefined {
  const quote = token[0];
  if (token.length < 2 || (quote !== "'" && quote !== '"') || !token.endsWith(quote)) return undefined;
  return token.slice(1, -1).replaceAll(quote + quote, quote);
}

/**
 * `or`, `and`, `not` and parentheses round whatever `atom` reads: OData filters, dynamic membership rules and Exchange
 * filters differ in their atoms and in the spelling of the words (`-and`).
 */
export function parseBoolean<T>(text: string, dash: '' | '-', atom: (reader: TokenReader) => Test<T>): Test<T> {
  const reader = readTokens(text);
  const disjunction = (): Test<T> => {
    let left = conjunction();
    while (reader.take(`${dash}or`)) {
      const [one, other] = [left, conjunction()];
      left = (candidate) => one(candidate) || other(candidate);
    }
    return left;
  };
  const conjunction = (): Test<T> => {
    let left = unit();
    while (reader.take(`${dash}and`)) {
      const [one, other] = [left, unit()];
      left = (candidate) => one(candidate) && other(candidate);
    }
    return left;
  };
  const unit = (): Test<T> => {
    if (reader.take(`${dash}not`)) {
      const negated = unit();
      return (candidate) => !negated(candidate);
    }
    if (!reader.take('(')) return atom(reader);
    const inner = disjunction();
    if (!reader.take(')')) throw new MalformedExpression(`')' expected in: ${text}`);
    return inner;
  };
  const test = disjunction();
  if (reader.peek() !== '') throw new MalformedExpression(`'${reader.peek()}' was not expected in: ${text}`);
  return test;
}
