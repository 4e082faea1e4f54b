import type { EvidenceRow } from '#engine/ports/store';

/** One row of a chain, read again, with what a simulated vault keeps readable beside it. */
export interface ReadRow {
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly actor: { readonly kind: string; readonly userId?: string };
  readonly data: Readonly<Record<string, unknown>>;
  /** The change's key, where the row is about one. */
  readonly key: string | undefined;
}

export function readRow(row: EvidenceRow): ReadRow {
  const line: Pick<ReadRow, 'at' | 'type' | 'actor' | 'data'> = JSON.parse(row.line);
  const personal: { key?: unknown } = row.box === undefined ? {} : JSON.parse(row.box);
  return { seq: row.seq, ...line, key: typeof personal.key === 'string' ? personal.key : undefined };
}
