import type { Json } from '#domain/json';

/** What a read-back saw, in words for people and as data for the record. May hold personal values: sealed in evidence. */
export interface Observation {
  readonly text: string;
  readonly data: Json;
}

/**
 * `confirmed`: the tenant shows the wanted state. `pending`: not yet, and the old state may just be a replica that lags.
 * `contradicted`: it shows something that waiting will not turn into the wanted state.
 */
export interface Verdict {
  readonly outcome: 'confirmed' | 'pending' | 'contradicted';
  readonly observation: Observation;
}
