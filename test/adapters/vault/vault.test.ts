import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openSqliteStore } from '#adapters/store/sqlite-store';
import { loadOrCreateKey } from '#adapters/vault/key-file';
import { openVault } from '#adapters/vault/vault';
import type { Store } from '#engine/ports/store';
import type { Sealed, Vault } from '#engine/ports/vault';

const tenant = '7a1f0000-0000-4000-8000-000000000001';
const fields = { displayName: 'Alex Morgan', mail: 'alex@example.com' };

async function messageOf(refused: Promise<unknown>): Promise<string> {
  return refused.then(
    () => {
      throw new Error('it should have been refused');
    },
    (error: unknown) => String(error),
  );
}

describe('[unit] adapters/vault/vault', () => {
  let store: Store;
  let vault: Vault;
  beforeEach(async () => {
    store = await openSqliteStore({ path: ':memory:' });
    vault = openVault({ store, kek: Buffer.alloc(32, 7) });
  });
  afterEach(() => store.close());

  it('opens what it sealed, for the same tenant, case and person only', async () => {
    const sealed = await vault.seal(tenant, 'L-1', 'p1', fields);
    expect(await vault.open(tenant, 'L-1', 'p1', sealed)).to.deep.equal(fields);
    await vault.seal(tenant, 'L-2', 'p1', fields);
    await vault.seal(tenant, 'L-1', 'p2', fields);
    expect(await vault.open(tenant, 'L-2', 'p1', sealed)).to.equal(undefined);
    expect(await vault.open(tenant, 'L-1', 'p2', sealed)).to.equal(undefined);
  });

  it('shows nothing of the fields, and gives one commitment to the same fields whatever their order', async () => {
    const sealed = await vault.seal(tenant, 'L-1', 'p1', fields);
    expect(Buffer.from(sealed.box, 'base64').toString('latin1')).to.not.include('Alex');
    expect(sealed.commitment).to.match(/^[0-9a-f]{64}$/);
    const swapped = await vault.seal(tenant, 'L-1', 'p1', { mail: fields.mail, displayName: fields.displayName });
    expect(swapped).to.deep.equal(sealed);
    const elsewhere = await vault.seal(tenant, 'L-2', 'p1', fields);
    expect(elsewhere.commitment, 'cases cannot be linked by it').to.not.equal(sealed.commitment);
    const changed = await vault.seal(tenant, 'L-1', 'p1', { ...fields, mail: 'x' });
    expect(changed.commitment).to.not.equal(sealed.commitment);
    expect(nonceOf(changed), 'no nonce serves two texts').to.not.equal(nonceOf(sealed));
  });

  it('cannot open what was sealed before an erasure, even after sealing for that person again', async () => {
    const sealed = await vault.seal(tenant, 'L-1', 'p1', fields);
    await vault.erase(tenant, 'L-1', 'p1');
    expect(await store.list(tenant, 'sealingSalt')).to.deep.equal([]);
    expect(await vault.open(tenant, 'L-1', 'p1', sealed)).to.equal(undefined);
    const later = await vault.seal(tenant, 'L-1', 'p1', fields);
    expect(await vault.open(tenant, 'L-1', 'p1', sealed)).to.equal(undefined);
    expect(await vault.open(tenant, 'L-1', 'p1', later)).to.deep.equal(fields);
  });

  it('cannot open anything with another key-encryption key', async () => {
    const sealed = await vault.seal(tenant, 'L-1', 'p1', fields);
    const stranger = openVault({ store, kek: Buffer.alloc(32, 8) });
    expect(await stranger.open(tenant, 'L-1', 'p1', sealed)).to.equal(undefined);
  });

  it('says so when a box or its commitment was altered', async () => {
    const sealed = await vault.seal(tenant, 'L-1', 'p1', fields);
    const open = (altered: Partial<Sealed>) => messageOf(vault.open(tenant, 'L-1', 'p1', { ...sealed, ...altered }));
    const bytes = Buffer.from(sealed.box, 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    expect(await open({ box: bytes.toString('base64') })).to.include('was altered');
    expect(await open({ box: bytes.subarray(0, 24).toString('base64') })).to.include('too short');
    const other = await vault.seal(tenant, 'L-1', 'p1', { ...fields, mail: 'x' });
    expect(await open({ box: other.box })).to.include('does not belong');
  });

  it('makes one key when two seal for a new person at once', async () => {
    const seals = await Promise.all([1, 2, 3].map((n) => vault.seal(tenant, 'L-1', 'p1', { n })));
    const opened = await Promise.all(seals.map((sealed) => vault.open(tenant, 'L-1', 'p1', sealed)));
    expect(opened).to.deep.equal([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });
});

function nonceOf({ box }: Sealed): string {
  return Buffer.from(box, 'base64').subarray(8, 20).toString('hex');
}

describe('[unit] adapters/vault/key-file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-key-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('makes a key once, for its user alone', async () => {
    const path = join(folder, 'secrets', 'kek');
    const [key, again] = await Promise.all([loadOrCreateKey(path), loadOrCreateKey(path)]);
    expect(key).to.have.length(32);
    expect(again.equals(key)).to.equal(true);
    expect((await loadOrCreateKey(path)).equals(key)).to.equal(true);
    expect(readdirSync(join(folder, 'secrets'))).to.deep.equal(['kek']);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    expect(readFileSync(path, 'utf8').trim()).to.equal(key.toString('base64'));
  });

  it('refuses a file that is open to all or holds no key', async () => {
    const path = join(folder, 'kek');
    await loadOrCreateKey(path);
    chmodSync(path, 0o644);
    expect(await messageOf(loadOrCreateKey(path))).to.include('chmod 600');
    chmodSync(path, 0o600);
    writeFileSync(path, 'c2hvcnQ=\n');
    expect(await messageOf(loadOrCreateKey(path))).to.include('32 bytes');
  });
});
