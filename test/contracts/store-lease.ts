import { expect } from 'chai';
import type { Lease, Store } from '#engine/ports/store';
import { aCommit, at, counter, minute, type OpenedStore, otherTenant, tenantId, wake } from './store-fixture.js';

const leaseMs = 1000;

async function claimed(store: Store, machineNow: number, tenantNow = at, owner = 'w1'): Promise<Lease> {
  const lease = await store.claimCase(tenantId, owner, tenantNow, machineNow, leaseMs);
  if (lease === undefined) throw new Error('nothing to claim');
  return lease;
}

export function leaseContract(current: () => OpenedStore): void {
  describe('leases', () => {
    it('gives out the due case that has waited longest, each to one owner', async () => {
      const { store } = current();
      await wake(store, 'L-1', minute(-1));
      await wake(store, 'L-2', minute(-2));
      await wake(store, 'L-3', minute(1));
      expect(await store.claimCase(otherTenant, 'w1', at, 5000, leaseMs)).to.equal(undefined);
      expect(await claimed(store, 5000)).to.deep.equal({ tenantId, caseId: 'L-2', owner: 'w1', epoch: 1, until: 6000 });
      expect((await claimed(store, 5000)).caseId).to.equal('L-1');
      expect(await store.claimCase(tenantId, 'w1', at, 5000, leaseMs)).to.equal(undefined);
      expect((await claimed(store, 5000, minute(1))).caseId).to.equal('L-3');
    });

    it('gives each case to one of many that claim at once', async () => {
      const { store, another } = current();
      const second = await another();
      for (let n = 1; n <= 10; n += 1) await wake(store, `L-${n}`, at);
      const claims = Array.from({ length: 10 }, (_, n) =>
        (n % 2 === 0 ? store : second).claimCase(tenantId, `w${n}`, at, 5000, leaseMs),
      );
      const caseIds = (await Promise.all(claims)).map((lease) => lease?.caseId);
      const got = caseIds.filter((caseId) => caseId !== undefined);
      expect(new Set(got).size).to.equal(got.length);
      expect(got).to.not.be.empty;
    });

    it('fences a commit of an owner whose lease was taken over', async () => {
      const { store } = current();
      await wake(store, 'L-1', at);
      const old = await claimed(store, 5000);
      const now = await claimed(store, 6000, at, 'w2');
      expect(now.epoch).to.equal(2);
      const late = await store.commit(aCommit({ lease: { lease: old, machineNow: 5500 }, state: [counter('a', 1)] }));
      expect(late).to.deep.equal({ ok: false, reason: 'fenced', key: 'L-1' });
      const good = await store.commit(aCommit({ lease: { lease: now, machineNow: 6500 }, state: [counter('a', 2)] }));
      expect(good).to.deep.equal({ ok: true });
      await store.releaseLease(old);
      expect(await store.claimCase(tenantId, 'w3', at, 6500, leaseMs), 'the old owner frees nothing').to.equal(
        undefined,
      );
      expect(await store.renewLease(old, 5500, leaseMs)).to.equal(undefined);
    });

    it('fences a commit of an owner whose lease ended, though nobody took it', async () => {
      const { store } = current();
      await wake(store, 'L-1', at);
      const lease = await claimed(store, 5000);
      const commit = (machineNow: number) =>
        store.commit(aCommit({ lease: { lease, machineNow }, state: [counter('a', 1)] }));
      expect(await commit(5999)).to.deep.equal({ ok: true });
      expect(await commit(6000)).to.deep.equal({ ok: false, reason: 'fenced', key: 'L-1' });
      expect(await store.renewLease(lease, 6000, leaseMs), 'nor can it be renewed').to.equal(undefined);
    });

    it('renews and releases', async () => {
      const { store } = current();
      await wake(store, 'L-1', at);
      const lease = await claimed(store, 5000);
      expect(await store.renewLease(lease, 5900, leaseMs)).to.deep.equal({ ...lease, until: 6900 });
      expect(await store.claimCase(tenantId, 'w2', at, 6500, leaseMs)).to.equal(undefined);
      await store.releaseLease(lease);
      const refused = await store.commit(aCommit({ lease: { lease, machineNow: 6500 } }));
      expect(refused).to.deep.equal({ ok: false, reason: 'fenced', key: 'L-1' });
      expect((await claimed(store, 6500, at, 'w2')).epoch).to.equal(2);
    });
  });

  describe('wakes', () => {
    const due = (store: Store) => store.nextCaseDueAt(tenantId);
    const ask = (store: Store, dueAt: string | undefined, mode: 'sooner' | 'set', lease?: Lease) =>
      store.commit(
        aCommit({ wake: [{ caseId: 'L-1', dueAt, mode }], ...(lease && { lease: { lease, machineNow: 5001 } }) }),
      );

    it('move a due time forward, or set it', async () => {
      const { store } = current();
      expect(await due(store)).to.equal(undefined);
      await ask(store, minute(5), 'sooner');
      await ask(store, minute(9), 'sooner');
      await ask(store, undefined, 'sooner');
      expect(await due(store)).to.equal(minute(5));
      await ask(store, minute(2), 'sooner');
      expect(await due(store)).to.equal(minute(2));
      await ask(store, minute(7), 'set');
      expect(await due(store)).to.equal(minute(7));
      await ask(store, undefined, 'set');
      expect(await due(store)).to.equal(undefined);
      expect(await store.claimCase(tenantId, 'w1', minute(99), 5000, leaseMs)).to.equal(undefined);
      await ask(store, minute(3), 'sooner');
      expect(await due(store)).to.equal(minute(3));
    });

    it('tell the earliest of all cases', async () => {
      const { store } = current();
      await wake(store, 'L-1', minute(4));
      await wake(store, 'L-2', minute(3));
      expect(await due(store)).to.equal(minute(3));
    });

    it('of a case that is held do not count for the wait', async () => {
      const { store } = current();
      await wake(store, 'L-1', at);
      await wake(store, 'L-2', minute(3));
      const lease = await claimed(store, 5000);
      expect(await due(store)).to.equal(minute(3));
      await store.releaseLease(lease);
      expect(await due(store)).to.equal(at);
    });

    it('that somebody else sets during a run, later or sooner, hold against the end of the run', async () => {
      const { store } = current();
      await wake(store, 'L-1', at);
      const lease = await claimed(store, 5000);
      await ask(store, minute(1), 'sooner');
      await ask(store, minute(8), 'set');
      await ask(store, minute(60), 'set', lease);
      await store.releaseLease(lease);
      expect(await due(store)).to.equal(minute(8));
    });

    it('that came during a run are not put off by the end of the run', async () => {
      const { store } = current();
      await wake(store, 'L-1', at);
      const lease = await claimed(store, 5000);
      await ask(store, minute(1), 'sooner');
      await ask(store, minute(60), 'set', lease);
      await store.releaseLease(lease);
      expect(await due(store)).to.equal(minute(1));
      const next = await claimed(store, 5000, minute(1));
      await ask(store, minute(60), 'set', next);
      await store.releaseLease(next);
      expect(await due(store), 'it has been looked at now').to.equal(minute(60));
    });

    it('that a runner asks for itself are replaced by what it sets at the end', async () => {
      const { store } = current();
      await wake(store, 'L-1', at);
      const lease = await claimed(store, 5000);
      await ask(store, minute(1), 'sooner', lease);
      await ask(store, undefined, 'set', lease);
      await store.releaseLease(lease);
      expect(await due(store)).to.equal(undefined);
    });
  });
}
