import { expect } from 'chai';
import { aCommit, counter, entry, message, type OpenedStore, otherTenant, tenantId, valueAt } from './store-fixture.js';

export function commitContract(current: () => OpenedStore): void {
  describe('commit', () => {
    it('reads back what it wrote, counting versions from 1', async () => {
      const { store } = current();
      expect(await store.get(tenantId, 'counter', 'a')).to.equal(undefined);
      expect(await store.commit(aCommit({ state: [counter('a', 1)] }))).to.deep.equal({ ok: true });
      expect(await store.get(tenantId, 'counter', 'a')).to.deep.equal({ key: 'a', version: 1, body: { value: 1 } });
      await store.commit(aCommit({ state: [counter('a', 2, 1)] }));
      await store.commit(aCommit({ state: [counter('a', 3)] }));
      expect(await store.get(tenantId, 'counter', 'a')).to.deep.equal({ key: 'a', version: 3, body: { value: 3 } });
    });

    it('refuses the whole commit when one expectation fails, and names it', async () => {
      const { store } = current();
      await store.commit(aCommit({ state: [counter('b', 1)] }));
      const refused = await store.commit(
        aCommit({
          state: [counter('a', 1, 0), counter('b', 9, 7), counter('c', 1)],
          evidence: [entry('L-1', 'never')],
          outbox: [message('m')],
          inbox: { source: 'hr', externalId: '1' },
          wake: [{ caseId: 'L-1', dueAt: '2026-11-20T10:00:00.000Z', mode: 'set' }],
        }),
      );
      expect(refused).to.deep.equal({ ok: false, reason: 'conflict', key: 'counter/b' });
      expect(await store.list(tenantId, 'counter')).to.deep.equal([{ key: 'b', version: 1, body: { value: 1 } }]);
      expect(await store.chain(tenantId, 'L-1')).to.deep.equal([]);
      expect(await store.takeOutbox(tenantId, 1, 1, 9)).to.deep.equal([]);
      expect(await store.nextCaseDueAt(tenantId)).to.equal(undefined);
      const later = await store.commit(aCommit({ inbox: { source: 'hr', externalId: '1' } }));
      expect(later, 'the event was not taken in by the refused commit').to.deep.equal({ ok: true });
    });

    it('keeps a key unique when the document must not exist', async () => {
      const { store } = current();
      await store.commit(aCommit({ state: [counter('a', 1, 0)] }));
      const second = await store.commit(aCommit({ state: [counter('a', 2, 0)] }));
      expect(second).to.deep.equal({ ok: false, reason: 'conflict', key: 'counter/a' });
      expect(await valueAt(store, 'a')).to.equal(1);
    });

    it('deletes, as expected and only then', async () => {
      const { store } = current();
      const remove = (key: string, version?: number) =>
        store.commit(
          aCommit({
            state: [{ collection: 'counter', key, body: null, ...(version !== undefined && { expect: version }) }],
          }),
        );
      await store.commit(aCommit({ state: [counter('a', 1), counter('b', 1)] }));
      expect((await remove('a', 2)).ok).to.equal(false);
      expect((await remove('a', 0)).ok).to.equal(false);
      expect((await remove('a', 1)).ok).to.equal(true);
      expect((await remove('a', 1)).ok, 'it is gone').to.equal(false);
      expect((await remove('a', 0)).ok, 'and that may be expected').to.equal(true);
      expect((await remove('b')).ok).to.equal(true);
      expect((await remove('b')).ok, 'whatever it is').to.equal(true);
      expect(await store.list(tenantId, 'counter')).to.deep.equal([]);
    });

    it('lists by key order, by prefix and by case, each tenant for itself', async () => {
      const { store } = current();
      const of = (key: string, caseId: string) => ({ collection: 'counter', key, caseId, body: { value: 1 } }) as const;
      await store.commit(
        aCommit({
          state: [of('L-2/b', 'L-2'), of('L-10/a', 'L-10'), of('L-1/é', 'L-1'), of('L-1/a', 'L-1'), of('L-1/Z', 'L-1')],
        }),
      );
      await store.commit(aCommit({ tenantId: otherTenant, state: [of('L-1/other', 'L-1')] }));
      const keys = async (where?: Parameters<typeof store.list>[2]) =>
        (await store.list(tenantId, 'counter', where)).map(({ key }) => key);
      expect(await keys()).to.deep.equal(['L-1/Z', 'L-1/a', 'L-1/é', 'L-10/a', 'L-2/b']);
      expect(await keys({ keyPrefix: 'L-1/' })).to.deep.equal(['L-1/Z', 'L-1/a', 'L-1/é']);
      expect(await keys({ caseId: 'L-10' })).to.deep.equal(['L-10/a']);
      expect(await keys({ caseId: 'L-1', keyPrefix: 'L-1/a' })).to.deep.equal(['L-1/a']);
      expect(await keys({ keyPrefix: 'L_1%' })).to.deep.equal([]);
      expect(await store.tenants()).to.deep.equal([tenantId, otherTenant]);
    });

    it('still finds a document by its case when a later write does not repeat it', async () => {
      const { store } = current();
      await store.commit(aCommit({ state: [{ collection: 'counter', key: 'a', caseId: 'L-1', body: { value: 1 } }] }));
      await store.commit(aCommit({ state: [counter('a', 2, 1)] }));
      await store.commit(aCommit({ state: [counter('a', 3)] }));
      expect((await store.list(tenantId, 'counter', { caseId: 'L-1' })).map(({ body }) => body.value)).to.deep.equal([
        3,
      ]);
    });

    it('lets one of two writers win who saw the same version', async () => {
      const { store, another } = current();
      const second = await another();
      await store.commit(aCommit({ state: [counter('a', 0)] }));
      for (let round = 1; round <= 10; round += 1) {
        const results = await Promise.all([
          store.commit(aCommit({ state: [counter('a', round, round)], evidence: [entry('L-1', `first ${round}`)] })),
          second.commit(aCommit({ state: [counter('a', -round, round)], evidence: [entry('L-1', `second ${round}`)] })),
        ]);
        expect(results.filter(({ ok }) => ok)).to.have.length(1);
      }
      expect(await store.chain(tenantId, 'L-1')).to.have.length(10);
    });

    it('takes two commits that touch the same keys in opposite order, whoever comes first', async () => {
      const { store, another } = current();
      const second = await another();
      const both = (first: string, then: string) =>
        aCommit({
          state: [counter(first, 1), counter(then, 1)],
          outbox: [message(first), message(then)],
          evidence: [entry(first, 'x'), entry(then, 'x')],
          wake: [
            { caseId: first, dueAt: '2026-11-20T10:00:00.000Z', mode: 'sooner' },
            { caseId: then, dueAt: '2026-11-20T10:00:00.000Z', mode: 'sooner' },
          ],
        });
      const all = Array.from({ length: 10 }, () => [
        store.commit(both('L-1', 'L-2')),
        second.commit(both('L-2', 'L-1')),
      ]);
      for (const result of await Promise.all(all.flat())) expect(result).to.deep.equal({ ok: true });
      expect((await store.get(tenantId, 'counter', 'L-2'))?.version).to.equal(20);
    });

    it('takes an event in once, however often and however close together it is delivered', async () => {
      const { store, another } = current();
      const second = await another();
      const deliver = (by: typeof store, externalId: string) =>
        by.commit(aCommit({ inbox: { source: 'hr', externalId }, evidence: [entry('L-1', externalId)] }));
      const results = await Promise.all([
        deliver(store, '1'),
        deliver(second, '1'),
        deliver(store, '1'),
        deliver(second, '2'),
      ]);
      expect(results.filter(({ ok }) => ok)).to.have.length(2);
      expect(results).to.deep.include({ ok: false, reason: 'duplicate', key: 'hr/1' });
      expect(await store.chain(tenantId, 'L-1')).to.have.length(2);
      const elsewhere = await store.commit(
        aCommit({ tenantId: otherTenant, inbox: { source: 'hr', externalId: '1' } }),
      );
      expect(elsewhere.ok).to.equal(true);
    });

    it('has an intent after a crash that came before its result', async () => {
      const { store, reopen } = current();
      await store.commit(
        aCommit({ state: [counter('step', 1)], evidence: [entry('L-1', 'intent')], outbox: [message('m')] }),
      );
      const after = reopen ? await reopen() : store;
      expect(await valueAt(after, 'step')).to.equal(1);
      expect(await after.chain(tenantId, 'L-1')).to.have.length(1);
      await after.commit(aCommit({ state: [counter('step', 2, 1)], evidence: [entry('L-1', 'result')] }));
      expect(await after.chain(tenantId, 'L-1')).to.have.length(2);
      expect(await after.takeOutbox(tenantId, 1, 1, 9)).to.have.length(1);
    });

    it('says whether a small write goes through', async () => {
      await current().store.probe();
      expect(await current().store.list(tenantId, 'counter')).to.deep.equal([]);
    });
  });
}
