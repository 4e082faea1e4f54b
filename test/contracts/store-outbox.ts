import { expect } from 'chai';
import type { OutboxItem, Store } from '#engine/ports/store';
import { aCommit, message, type OpenedStore, otherTenant, tenantId } from './store-fixture.js';

const holdMs = 1000;

async function takenOne(store: Store, machineNow: number): Promise<OutboxItem> {
  const [item, ...more] = await store.takeOutbox(tenantId, machineNow, holdMs, 1);
  if (item === undefined || more.length > 0) throw new Error('one message should have been there');
  return item;
}

export function outboxContract(current: () => OpenedStore): void {
  describe('outbox', () => {
    const enqueue = (...messages: ReturnType<typeof message>[]) =>
      current().store.commit(aCommit({ outbox: messages }));
    const take = (machineNow: number, limit = 9) => current().store.takeOutbox(tenantId, machineNow, holdMs, limit);
    const keys = async (machineNow: number, limit?: number) => (await take(machineNow, limit)).map(({ key }) => key);

    it('gives out what was said, oldest first, and to one taker', async () => {
      const { store } = current();
      await enqueue({
        key: 'c',
        audience: 'channel/x',
        kind: 'exception',
        caseId: 'L-1',
        payload: { exceptionId: '1' },
      });
      await enqueue(message('a'));
      await enqueue(message('b'));
      const [first, ...rest] = await take(5000, 2);
      expect(first).to.deep.include({ tenantId, key: 'c', audience: 'channel/x', kind: 'exception', caseId: 'L-1' });
      expect(first).to.deep.include({ payload: { exceptionId: '1' }, version: 1, attempt: 1 });
      expect(rest.map(({ key }) => key)).to.deep.equal(['a']);
      expect(await keys(5000)).to.deep.equal(['b']);
      expect(await keys(5000)).to.deep.equal([]);
      expect(await store.takeOutbox(otherTenant, 5000, holdMs, 9)).to.deep.equal([]);
    });

    it('gives each message to one of two instances that take at once', async () => {
      const { store, another } = current();
      const second = await another();
      await enqueue(...Array.from({ length: 12 }, (_, n) => message(`m${n}`)));
      const taken = await Promise.all(
        [0, 1, 2, 3].map((n) => (n % 2 ? store : second).takeOutbox(tenantId, 1, holdMs, 4)),
      );
      const got = taken.flat().map(({ key }) => key);
      expect(new Set(got).size).to.equal(got.length);
      expect([...got, ...(await keys(1))]).to.have.length(12);
    });

    it('is done with what was sent or dropped', async () => {
      const { store } = current();
      await enqueue(message('a'), message('b'));
      for (const [n, item] of (await take(5000)).entries()) {
        await store.settleOutbox(item, { kind: n === 0 ? 'sent' : 'drop' });
      }
      expect(await keys(99_000)).to.deep.equal([]);
    });

    it('says the latest only, and in the place of the first', async () => {
      await enqueue(message('a', 'case'));
      await enqueue(message('b'));
      await enqueue(message('a', 'completed'));
      const items = await take(5000);
      expect(items.map(({ key, kind, version }) => `${key} ${kind} ${version}`)).to.deep.equal([
        'a completed 2',
        'b case 1',
      ]);
    });

    for (const kind of ['sent', 'drop'] as const) {
      it(`sends again what became newer while the older was under way (older: ${kind})`, async () => {
        const { store } = current();
        await enqueue(message('a'));
        const older = await takenOne(store, 5000);
        await enqueue(message('a', 'completed'));
        expect(await keys(5000), 'not beside the older one').to.deep.equal([]);
        await store.settleOutbox(older, { kind });
        const newer = await takenOne(store, 5000);
        expect(newer).to.include({ kind: 'completed', version: 2, attempt: 1 });
        await store.settleOutbox(newer, { kind: 'sent' });
        expect(await keys(99_000)).to.deep.equal([]);
      });
    }

    it('tries again at the time given, counting', async () => {
      const { store } = current();
      await enqueue(message('a'));
      await store.settleOutbox(await takenOne(store, 5000), { kind: 'retry', retryAt: 7000 });
      expect(await keys(6999)).to.deep.equal([]);
      const again = await takenOne(store, 7000);
      expect(again).to.include({ version: 1, attempt: 2 });
      await store.settleOutbox(again, { kind: 'retry', retryAt: 90_000 });
      await enqueue(message('a', 'completed'));
      expect(await takenOne(store, 7001), 'a newer one does not wait for the older one’s turn').to.include({
        attempt: 1,
      });
    });

    it('frees what a dead taker held, and lets nobody settle what somebody else took since', async () => {
      const { store, reopen, oneHolder } = current();
      await enqueue(message('a'));
      const dead = await takenOne(store, 5000);
      const after = reopen ? await reopen() : store;
      // Elsewhere the hold has to run out.
      if (!oneHolder) expect(await after.takeOutbox(tenantId, 5999, holdMs, 9)).to.deep.equal([]);
      const now = await takenOne(after, oneHolder ? 5001 : 6000);
      expect(now.attempt).to.equal(2);
      await after.settleOutbox(dead, { kind: 'sent' });
      await after.settleOutbox(now, { kind: 'retry', retryAt: 6000 });
      await after.settleOutbox(now, { kind: 'sent' });
      expect((await takenOne(after, 6000)).attempt, 'neither of the two late words counted').to.equal(3);
    });

    it('tells which messages wait, whoever has taken them, until they are settled', async () => {
      const { store } = current();
      expect(await store.waitingOutbox(tenantId, 9)).to.deep.equal([]);
      await enqueue(message('a'), message('b'), message('c'));
      const [first, ...others] = await store.waitingOutbox(tenantId, 9);
      expect(others).to.have.length(2);
      expect(await store.waitingOutbox(tenantId, 1)).to.deep.equal([first]);
      expect(await store.waitingOutbox(otherTenant, 9)).to.deep.equal([]);
      const a = await takenOne(store, 5000);
      expect(await store.waitingOutbox(tenantId, 9), 'taken, not settled').to.deep.equal([first, ...others]);
      await store.settleOutbox(a, { kind: 'sent' });
      const b = await takenOne(store, 5000);
      await store.settleOutbox(b, { kind: 'retry', retryAt: 90_000 });
      expect(await store.waitingOutbox(tenantId, 9), 'put off is waiting too').to.deep.equal(others);
      await enqueue(message('a'));
      const after = await store.waitingOutbox(tenantId, 9);
      expect(after.slice(0, 2)).to.deep.equal(others);
      expect(after[2]).to.not.equal(first);
    });

    it('does not take an old fence for a message of the same key that came later', async () => {
      const { store } = current();
      await enqueue(message('a'));
      const first = await takenOne(store, 5000);
      await store.settleOutbox(first, { kind: 'sent' });
      await enqueue(message('a'));
      await takenOne(store, 5000);
      await store.settleOutbox(first, { kind: 'sent' });
      expect(await keys(6000)).to.deep.equal(['a']);
    });
  });
}
