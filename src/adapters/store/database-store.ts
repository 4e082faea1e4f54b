import { commitProgram } from '#adapters/store/commit';
import { settleProgram, takeProgram } from '#adapters/store/outbox';
import { type Database, numberOf, type Program, type Row, textOf, textOrNull } from '#adapters/store/program';
import type { SqlName } from '#adapters/store/sql';
import type { ChainHead, Collection, EvidenceRow, Lease, ListWhere, Store, Stored } from '#engine/ports/store';

/** Sorts after every key that starts with the prefix, by code point and by UTF-8 byte alike. */
const last = '\u{10ffff}';

/** The store's logic, over whichever database runs its programs. */
export function storeOn(database: Database): Store {
  return {
    commit: (commit) =>
      database.write(
        () => commitProgram(commit),
        (result) => result.ok,
      ),
    async get(tenantId, collection, key) {
      const [row] = await database.read('documentGet', [tenantId, collection, key]);
      return row && toStored(row, key);
    },
    list: (tenantId, collection, where = {}) => list(database, tenantId, collection, where),

    claimCase: (tenantId, owner, tenantNow, machineNow, leaseMs) =>
      database.write(function* (): Program<Lease | undefined> {
        const until = machineNow + leaseMs;
        const [row] = yield { use: 'claim', params: [tenantId, owner, tenantNow, machineNow, until] };
        return row && { tenantId, caseId: textOf(row, 'case_id'), owner, epoch: numberOf(row, 'epoch'), until };
      }),
    renewLease: (lease, machineNow, leaseMs) =>
      database.write(function* (): Program<Lease | undefined> {
        const until = machineNow + leaseMs;
        const params = [lease.tenantId, lease.caseId, lease.epoch, machineNow, until];
        return (yield { use: 'leaseRenew', params }).length > 0 ? { ...lease, until } : undefined;
      }),
    releaseLease: (lease) => run(database, 'leaseRelease', [lease.tenantId, lease.caseId, lease.epoch]),
    async nextCaseDueAt(tenantId) {
      const [row] = await database.read('nextDue', [tenantId]);
      return row && textOrNull(row, 'due_at');
    },

    takeOutbox: (tenantId, machineNow, holdMs, limit) =>
      database.write(() => takeProgram(tenantId, machineNow, holdMs, limit)),
    settleOutbox: (item, how) => database.write(() => settleProgram(item, how)),
    async waitingOutbox(tenantId, limit) {
      return (await database.read('waiting', [tenantId, limit])).map((row) => String(numberOf(row, 'id')));
    },

    async chain(tenantId, chain) {
      return (await database.read('chain', [tenantId, chain])).map((row) => toEvidenceRow(chain, row));
    },
    async heads(tenantId) {
      return (await database.read('heads', [tenantId])).map(toHead);
    },
    async tenants() {
      const documents = await database.read('tenantsWithDocuments', []);
      const evidence = await database.read('tenantsWithEvidence', []);
      return [...new Set([...documents, ...evidence].map((row) => textOf(row, 'tenant')))].sort();
    },
    probe: () => run(database, 'probe', []),
    close: () => database.close(),
  };
}

function run(database: Database, use: SqlName, params: readonly (string | number)[]): Promise<void> {
  return database.write(function* (): Program<void> {
    yield { use, params };
  });
}

async function list<C extends Collection>(
  database: Database,
  tenantId: string,
  collection: C,
  { caseId, keyPrefix = '' }: ListWhere,
): Promise<readonly Stored<C>[]> {
  const range = [tenantId, collection, keyPrefix, keyPrefix + last];
  const rows =
    caseId === undefined
      ? await database.read('documentList', range)
      : await database.read('documentListOfCase', [...range, caseId]);
  return rows.map((row) => toStored(row, textOf(row, 'key')));
}

function toStored<C extends Collection>(row: Row, key: string): Stored<C> {
  return { key, version: numberOf(row, 'version'), body: JSON.parse(textOf(row, 'body')) };
}

function toEvidenceRow(chain: string, row: Row): EvidenceRow {
  const box = textOrNull(row, 'box');
  return {
    chain,
    seq: numberOf(row, 'seq'),
    hash: textOf(row, 'hash'),
    line: textOf(row, 'line'),
    ...(box !== undefined && { box }),
  };
}

function toHead(row: Row): ChainHead {
  return { chain: textOf(row, 'chain'), seq: numberOf(row, 'seq'), hash: textOf(row, 'hash') };
}
