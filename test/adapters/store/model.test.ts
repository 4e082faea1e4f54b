import { expect } from 'chai';
import fc from 'fast-check';
import { openSqliteStore } from '#adapters/store/sqlite-store';
import { checkChain } from '#domain/evidence';
import { emptyModel, type Real, tenant } from './model.js';
import { commands } from './model-commands.js';

/** The store and a plain description of what it should do, put through the same random sequence of calls. */
describe('[unit] adapters/store: agrees with its model', () => {
  it('in any order of commits, claims, leases running out, deliveries and settlings', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 60, size: 'max' }), async (cmds) => {
        const store = await openSqliteStore({ path: ':memory:' });
        try {
          const real: Real = { store, leases: [], items: [] };
          const model = emptyModel();
          await fc.asyncModelRun(() => ({ model, real }), cmds);
          const rows = await store.chain(tenant, 'L-1');
          expect(checkChain(rows)).to.include({ ok: true, count: model.evidence });
        } finally {
          await store.close();
        }
      }),
      { numRuns: 500 },
    );
  });
});
