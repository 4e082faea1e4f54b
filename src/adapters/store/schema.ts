import type { Dialect } from '#adapters/store/dialect';

/** Raised with every change of the tables; a database of a later version is refused, never guessed at. */
export const schemaVersion = 1;

/**
 * The tables. Instants are ISO text (they sort as text), machine times epoch milliseconds, bodies JSON text.
 *
 * work.due_at: when the case wants to be looked at. work.nudge_at: the earliest due time that somebody other than the runner asked
 * for since the case was last claimed; the runner's own `set` at the end of its run must not put that off.
 * outbox.takes: how often the message was taken; with the id it is the fence for settling. taken_until 0: nobody has it.
 */
export function schema({ text, countingKey }: Dialect): readonly string[] {
  return [
    `create table documents (
       tenant ${text} not null, collection ${text} not null, key ${text} not null,
       case_id ${text}, version bigint not null, body ${text} not null,
       primary key (tenant, collection, key))`,
    'create index documents_by_case on documents (tenant, collection, case_id, key)',
    `create table work (
       tenant ${text} not null, case_id ${text} not null, due_at ${text}, nudge_at ${text},
       owner ${text}, epoch bigint not null default 0, lease_until bigint not null default 0,
       primary key (tenant, case_id))`,
    'create index work_due on work (tenant, due_at, case_id)',
    `create table evidence (
       tenant ${text} not null, chain ${text} not null, seq bigint not null,
       hash ${text} not null, line ${text} not null, box ${text},
       primary key (tenant, chain, seq))`,
    `create table outbox (
       id ${countingKey},
       tenant ${text} not null, key ${text} not null, audience ${text} not null, kind ${text} not null,
       case_id ${text}, payload ${text}, version bigint not null default 1, attempt bigint not null default 0,
       not_before bigint not null default 0, takes bigint not null default 0, taken_until bigint not null default 0,
       unique (tenant, key))`,
    `create table inbox (
       tenant ${text} not null, source ${text} not null, external_id ${text} not null,
       primary key (tenant, source, external_id))`,
  ];
}

/** Holds the schema's version and what `probe` writes; made before anything else, so that a version can be asked for. */
export function metaTable({ text }: Dialect): string {
  return `create table if not exists meta (name ${text} primary key, value bigint not null)`;
}
