import { type Head, headLine, headsHash, headsText, parseHeadLine } from '#domain/evidence-heads';
import type { Json } from '#domain/json';

export const checkpointType = 'checkpoint.made';

/** What a `checkpoint.made` row says. */
export interface CheckpointData {
  readonly reason: string;
  /** SHA-256 of heads.txt. */
  readonly heads: string;
  /** Chains in it. */
  readonly count: number;
  /** The lines of heads.txt that the predecessor's did not have: with all rows before, the whole text can be written again. */
  readonly moved: readonly string[];
  /** The predecessor's hash of heads.txt; none for the first. */
  readonly previous: string | null;
  /** SSHSIG of heads.txt. */
  readonly signature: string;
}

export interface Checkpoint {
  /** Its row in the house chain. */
  readonly seq: number;
  readonly data: CheckpointData;
  readonly moved: readonly Head[];
}

/** The lines of `heads` that are not in the predecessor's. */
export function movedSince(previous: string, heads: readonly Head[]): readonly string[] {
  const before = new Set(previous.split('\n'));
  return heads.map(headLine).filter((line) => !before.has(line));
}

/** The checkpoints of a house chain, oldest first. Throws a sentence naming the row that says it is one and is not. */
export function checkpointsOf(
  house: readonly { readonly seq: number; readonly line: string }[],
): readonly Checkpoint[] {
  const found: Checkpoint[] = [];
  for (const { seq, line } of house) {
    // Most rows of the house chain are about something else, and need not be parsed.
    if (!line.includes(`"${checkpointType}"`)) continue;
    const row: { type?: Json; data?: Json } = JSON.parse(line);
    if (row.type !== checkpointType) continue;
    const data = row.data;
    if (!isCheckpointData(data)) throw new Error(`house row ${seq} is no checkpoint that can be read`);
    const moved = data.moved.map((text) => {
      const head = parseHeadLine(text);
      if (head === undefined) throw new Error(`house row ${seq} names a head that cannot be read: ${text}`);
      return head;
    });
    found.push({ seq, data, moved });
  }
  return found;
}

/** heads.txt of the last of these checkpoints, written again from all of them; empty without any. */
export function lastHeadsText(checkpoints: readonly Checkpoint[]): string {
  const heads = new Map<string, Head>();
  for (const { moved } of checkpoints) for (const head of moved) heads.set(head.chain, head);
  return headsText(heads.values());
}

export interface CheckpointFault {
  readonly seq: number;
  /** What is wrong with the checkpoint's own statement, as the end of a sentence. */
  readonly reason: string;
}

/** The first checkpoint whose text, count, predecessor or signature is wrong. Writes every heads.txt again: for a check, not a click. */
export function firstCheckpointFault(
  checkpoints: readonly Checkpoint[],
  isSigned: (text: string, signature: string) => boolean,
): CheckpointFault | undefined {
  const heads = new Map<string, Head>();
  let previous: string | null = null;
  for (const { seq, data, moved } of checkpoints) {
    for (const head of moved) heads.set(head.chain, head);
    const text = headsText(heads.values());
    if (headsHash(text) !== data.heads) return { seq, reason: 'the heads it names do not give its hash' };
    if (heads.size !== data.count) return { seq, reason: `it does not name ${data.count} chains` };
    if (data.previous !== previous) return { seq, reason: 'it does not follow the checkpoint before it' };
    if (!isSigned(text, data.signature)) return { seq, reason: 'our key did not sign it' };
    previous = data.heads;
  }
  return undefined;
}

function isCheckpointData(data: unknown): data is CheckpointData {
  if (typeof data !== 'object' || data === null) return false;
  const { reason, heads, count, moved, previous, signature } = { ...data } as Partial<
    Record<keyof CheckpointData, unknown>
  >;
  return (
    typeof reason === 'string' &&
    typeof heads === 'string' &&
    typeof count === 'number' &&
    Array.isArray(moved) &&
    moved.every((line) => typeof line === 'string') &&
    (previous === null || typeof previous === 'string') &&
    typeof signature === 'string'
  );
}
