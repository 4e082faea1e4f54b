import type { Dialect } from '#adapters/store/dialect';

/** Every statement the store runs, by name. `$n` is a parameter in both databases. */
export function sqlTexts(dialect: Dialect) {
  return { ...documentTexts, ...workTexts(dialect), ...evidenceTexts, ...outboxTexts(dialect), ...metaTexts };
}

export type SqlName = keyof ReturnType<typeof sqlTexts>;

const thisDocument = 'tenant = $1 and collection = $2 and key = $3';

const documentTexts = {
  documentGet: `select version, body from documents where ${thisDocument}`,
  documentList: `select key, version, body from documents
    where tenant = $1 and collection = $2 and key >= $3 and key < $4 order by key`,
  documentListOfCase: `select key, version, body from documents
    where tenant = $1 and collection = $2 and key >= $3 and key < $4 and case_id = $5 order by key`,
  documentCreate: `insert into documents (tenant, collection, key, case_id, body, version) values ($1, $2, $3, $4, $5, 1)
    on conflict (tenant, collection, key) do nothing returning version`,
  documentPut: `insert into documents (tenant, collection, key, case_id, body, version) values ($1, $2, $3, $4, $5, 1)
    on conflict (tenant, collection, key) do update set
      version = documents.version + 1, body = excluded.body, case_id = coalesce(excluded.case_id, documents.case_id)`,
  documentReplace: `update documents set version = version + 1, case_id = coalesce($4, case_id), body = $5
    where ${thisDocument} and version = $6 returning version`,
  documentRemove: `delete from documents where ${thisDocument}`,
  documentRemoveVersion: `delete from documents where ${thisDocument} and version = $4 returning version`,
};

const thisCase = 'tenant = $1 and case_id = $2';
const wakeRow =
  'insert into work (tenant, case_id, due_at) values ($1, $2, $3) on conflict (tenant, case_id) do update set';
const nudgeRow = `insert into work (tenant, case_id, due_at, nudge_at) values ($1, $2, $3, $3)
  on conflict (tenant, case_id) do update set`;

/** The earlier of a stored time, which may be null, and the new one, which is not. */
function sooner(column: string): string {
  return `${column} = case when work.${column} is null or excluded.due_at < work.${column}
    then excluded.due_at else work.${column} end`;
}

function workTexts({ forUpdate, skipLocked }: Dialect) {
  return {
    leaseHeld: `select case_id from work where ${thisCase} and epoch = $3 and lease_until > $4 ${forUpdate}`,
    wakeSetByRunner: `${wakeRow} due_at = case
      when work.nudge_at is null then excluded.due_at
      when excluded.due_at is null or work.nudge_at < excluded.due_at then work.nudge_at
      else excluded.due_at end`,
    wakeSoonerByRunner: `${wakeRow} ${sooner('due_at')}`,
    wakeSet: `${nudgeRow} due_at = excluded.due_at, nudge_at = excluded.nudge_at`,
    wakeSooner: `${nudgeRow} ${sooner('due_at')}, ${sooner('nudge_at')}`,
    claim: `update work set owner = $2, epoch = epoch + 1, lease_until = $5, nudge_at = null
      where tenant = $1 and case_id = (
        select case_id from work where tenant = $1 and due_at <= $3 and lease_until <= $4
        order by due_at, case_id limit 1 ${skipLocked})
      returning case_id, epoch`,
    leaseRenew: `update work set lease_until = $5 where ${thisCase} and epoch = $3 and lease_until > $4 returning case_id`,
    leaseRelease: `update work set owner = null, lease_until = 0 where ${thisCase} and epoch = $3 and lease_until > 0`,
    nextDue: 'select min(due_at) as due_at from work where tenant = $1 and lease_until = 0',
  };
}

const evidenceTexts = {
  head: 'select seq, hash from evidence where tenant = $1 and chain = $2 order by seq desc limit 1',
  /** The primary key (tenant, chain, seq) is the compare-and-set: no row back means that another instance was first. */
  append: `insert into evidence (tenant, chain, seq, hash, line, box) values ($1, $2, $3, $4, $5, $6)
    on conflict (tenant, chain, seq) do nothing returning seq`,
  chain: 'select seq, hash, line, box from evidence where tenant = $1 and chain = $2 order by seq',
  /** Steps from chain to chain through the primary key, so that its cost is the number of chains, not of rows. */
  heads: `with recursive chains (chain) as (
      select min(chain) from evidence where tenant = $1
      union all
      select (select min(e.chain) from evidence e where e.tenant = $1 and e.chain > chains.chain)
      from chains where chains.chain is not null)
    select e.chain, e.seq, e.hash from chains join evidence e on e.tenant = $1 and e.chain = chains.chain
      and e.seq = (select max(m.seq) from evidence m where m.tenant = $1 and m.chain = chains.chain)
    order by e.chain`,
};

function outboxTexts({ skipLocked }: Dialect) {
  const taken = 'tenant = $1 and id = $2 and takes = $3 and taken_until > 0';
  return {
    /** A newer version is tried at once and from a fresh count; whoever is sending the older one keeps the row until settled. */
    enqueue: `insert into outbox (tenant, key, audience, kind, case_id, payload) values ($1, $2, $3, $4, $5, $6)
      on conflict (tenant, key) do update set audience = excluded.audience, kind = excluded.kind, case_id = excluded.case_id,
        payload = excluded.payload, version = outbox.version + 1, attempt = 0, not_before = 0`,
    take: `update outbox set takes = takes + 1, taken_until = $3, attempt = attempt + 1
      where id in (
        select id from outbox where tenant = $1 and not_before <= $2 and taken_until <= $2
        order by id limit $4 ${skipLocked})
      returning id, key, audience, kind, case_id, payload, version, attempt, takes`,
    waiting: 'select id from outbox where tenant = $1 order by id limit $2',
    settleDone: `delete from outbox where ${taken} and version = $4`,
    settleNewer: `update outbox set taken_until = 0 where ${taken}`,
    settleRetry: `update outbox set taken_until = 0, not_before = $4 where ${taken}`,
  };
}

function tenantsOf(table: string): string {
  return `with recursive found (tenant) as (
      select min(tenant) from ${table}
      union all
      select (select min(t.tenant) from ${table} t where t.tenant > found.tenant) from found where found.tenant is not null)
    select tenant from found where tenant is not null`;
}

const metaTexts = {
  receive: `insert into inbox (tenant, source, external_id) values ($1, $2, $3)
    on conflict (tenant, source, external_id) do nothing returning source`,
  tenantsWithDocuments: tenantsOf('documents'),
  tenantsWithEvidence: tenantsOf('evidence'),
  probe: `insert into meta (name, value) values ('probe', 1) on conflict (name) do update set value = meta.value + 1`,
};
