import { sha256Hex } from '#domain/canonical';

/** Where a chain stood at a moment. */
export interface Head {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
}

/** `heads.txt`: one line `<case> <seq> <hash>` per chain, sorted by case, each ended by a line feed. */
export function headsText(heads: Iterable<Head>): string {
  return [...heads]
    .sort((a, b) => (a.chain < b.chain ? -1 : a.chain > b.chain ? 1 : 0))
    .map((head) => `${headLine(head)}\n`)
    .join('');
}

/** What `sha256sum heads.txt` prints. */
export function headsHash(text: string): string {
  return sha256Hex(text);
}

export function headLine({ chain, seq, hash }: Head): string {
  return `${chain} ${seq} ${hash}`;
}

/** `undefined` when the line does not say where a chain stood. */
export function parseHeadLine(line: string): Head | undefined {
  const match = /^(\S+) ([1-9]\d{0,14}) ([0-9a-f]{64})$/.exec(line);
  return match?.[1] && match[2] && match[3] ? { chain: match[1], seq: Number(match[2]), hash: match[3] } : undefined;
}

/** Throws a sentence that names the line that is no head. */
export function parseHeads(text: string): readonly Head[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line, index) => {
    const head = parseHeadLine(line);
    if (head === undefined) throw new Error(`line ${index + 1} of the heads does not say where a chain stood: ${line}`);
    return head;
  });
}
