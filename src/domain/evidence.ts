import type { Actor } from '#domain/actor';
import { canonicalJson, sha256Hex } from '#domain/canonical';
import type { Instant } from '#domain/instant';
import type { Json } from '#domain/json';

/** `prev` of a chain's first row. */
export const firstPrev = '0'.repeat(64);

/** The chain of what concerns the firm and no single case: policy, keys, pause, checkpoints, reviews. */
export const houseChain = 'house';

export interface EvidenceInput {
  readonly tenant: string;
  /** A case id, or `house`. */
  readonly case: string;
  /** Counts from 1 without a gap. */
  readonly seq: number;
  /** Hash of the row before; `firstPrev` for the first. */
  readonly prev: string;
  readonly at: Instant;
  readonly type: string;
  readonly actor: Actor;
  readonly data: { readonly [key: string]: Json | undefined };
  /** Keyed commitment to the personal fields that are kept beside the chain. */
  readonly personal?: string;
}

/** One row of a chain as one line of canonical JSON (RFC 8785), without a line feed. */
export function evidenceLine(input: EvidenceInput): string {
  return canonicalJson({
    v: 1,
    tenant: input.tenant,
    case: input.case,
    seq: input.seq,
    prev: input.prev,
    at: input.at,
    type: input.type,
    actor: input.actor,
    data: input.data,
    personal: input.personal,
  });
}

/** Hash of a row: of its line and one line feed, so that `sha256sum` over the line in a file gives the same. */
export function evidenceHash(line: string): string {
  return sha256Hex(`${line}\n`);
}

export interface ChainRow {
  readonly seq: number;
  readonly hash: string;
  readonly line: string;
}

export type ChainCheck =
  | { readonly ok: true; readonly count: number; readonly head: string }
  | { readonly ok: false; readonly seq: number; readonly reason: string };

/**
 * Checks the rows of one chain in their stored order. The first bad row is named by the number it should have; the reason is a
 * sentence about it. What a chain alone cannot show: a tail cut off, or a history written anew with fresh hashes (see checkpoints).
 */
export function checkChain(
  rows: readonly ChainRow[],
  of?: { readonly tenant: string; readonly case: string },
): ChainCheck {
  let prev = firstPrev;
  for (const [index, row] of rows.entries()) {
    const seq = index + 1;
    const reason = faultOf(row, seq, prev, of);
    if (reason !== undefined) return { ok: false, seq, reason };
    prev = row.hash;
  }
  return { ok: true, count: rows.length, head: prev };
}

function faultOf(
  row: ChainRow,
  seq: number,
  prev: string,
  of: { readonly tenant: string; readonly case: string } | undefined,
): string | undefined {
  if (row.seq !== seq) return `row ${seq} is missing; row ${row.seq} stands in its place`;
  if (evidenceHash(row.line) !== row.hash) return `row ${seq} was altered: its line does not give its hash`;
  const line = parseObject(row.line);
  if (line === undefined) return `row ${seq} is no evidence line`;
  if (line['v'] !== 1) return `row ${seq} has a form of evidence that is not known here`;
  if (line['seq'] !== seq) return `row ${seq} says that it is row ${String(line['seq'])}`;
  if (line['prev'] !== prev) return `row ${seq} does not follow row ${seq - 1}: that row was altered, removed or moved`;
  if (of && (line['tenant'] !== of.tenant || line['case'] !== of.case)) return `row ${seq} belongs to another chain`;
  return undefined;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    // Not JSON at all: the caller names the row.
    return undefined;
  }
}
