import { expect } from 'chai';
import { checkChain, evidenceHash, firstPrev } from '#domain/evidence';
import { aCommit, at, entry, type OpenedStore, otherTenant, tenantId } from './store-fixture.js';

export function evidenceContract(current: () => OpenedStore): void {
  describe('evidence', () => {
    it('chains rows as lines that carry their own place', async () => {
      const { store } = current();
      await store.commit(
        aCommit({
          evidence: [
            {
              chain: 'L-1',
              type: 'case.opened',
              at,
              actor: { kind: 'person', userId: 'u1' },
              data: { b: 2, a: 1 },
              personal: { commitment: 'c0ffee', box: 'sealed' },
            },
          ],
        }),
      );
      const [row] = await store.chain(tenantId, 'L-1');
      const line =
        `{"actor":{"kind":"person","userId":"u1"},"at":"${at}","case":"L-1","data":{"a":1,"b":2},"personal":"c0ffee",` +
        `"prev":"${firstPrev}","seq":1,"tenant":"${tenantId}","type":"case.opened","v":1}`;
      expect(row).to.deep.equal({ chain: 'L-1', seq: 1, hash: evidenceHash(line), line, box: 'sealed' });
    });

    it('keeps the order within a chain when one commit writes to several', async () => {
      const { store } = current();
      const notes = [entry('house', '1'), entry('L-1', '2'), entry('house', '3'), entry('L-1', '4'), entry('L-1', '5')];
      await store.commit(aCommit({ evidence: notes }));
      const noted = async (chain: string) =>
        (await store.chain(tenantId, chain)).map(({ line }) => /"note":"(\d)"/.exec(line)?.[1]).join('');
      expect(await noted('L-1')).to.equal('245');
      expect(await noted('house')).to.equal('13');
    });

    it('grows one chain without gap or fork when two instances write to it at once', async () => {
      const { store, another } = current();
      const second = await another();
      const writes = Array.from({ length: 20 }, (_, n) =>
        (n % 2 === 0 ? store : second).commit(aCommit({ evidence: [entry('L-1', `a${n}`), entry('house', `b${n}`)] })),
      );
      for (const result of await Promise.all(writes)) expect(result.ok).to.equal(true);
      for (const chain of ['L-1', 'house']) {
        const rows = await store.chain(tenantId, chain);
        expect(checkChain(rows, { tenant: tenantId, case: chain })).to.include({ ok: true, count: 20 });
      }
    });

    it('gives the heads of all chains of a tenant, sorted', async () => {
      const { store } = current();
      expect(await store.heads(tenantId)).to.deep.equal([]);
      await store.commit(
        aCommit({ evidence: [entry('house', '1'), entry('L-2', '1'), entry('L-10', '1'), entry('L-2', '2')] }),
      );
      await store.commit(aCommit({ tenantId: otherTenant, evidence: [entry('L-3', '1')] }));
      const heads = await store.heads(tenantId);
      expect(heads.map(({ chain, seq }) => `${chain} ${seq}`)).to.deep.equal(['L-10 1', 'L-2 2', 'house 1']);
      for (const head of heads) {
        expect((await store.chain(tenantId, head.chain)).at(-1)?.hash).to.equal(head.hash);
      }
    });

    it('sees heads of one moment: never one half of a commit', async () => {
      const { store, another } = current();
      const second = await another();
      let writing = true;
      const writer = (async () => {
        for (let n = 0; n < 30; n += 1)
          await second.commit(aCommit({ evidence: [entry('L-1', 'x'), entry('L-2', 'x')] }));
        writing = false;
      })();
      while (writing) {
        const heads = await store.heads(tenantId);
        expect(new Set(heads.map(({ seq }) => seq)).size).to.be.at.most(1);
        // Gives the writer a turn where both share one thread.
        await new Promise((resolve) => setImmediate(resolve));
      }
      await writer;
      expect((await store.heads(tenantId)).map(({ seq }) => seq)).to.deep.equal([30, 30]);
    });
  });
}
