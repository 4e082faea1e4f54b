import { openSqliteStore } from '#adapters/store/sqlite-store';
import { storeContract } from '../../contracts/store.js';

storeContract('SQLite in memory', async () => {
  const store = await openSqliteStore({ path: ':memory:' });
  return { store, another: async () => store, close: () => store.close() };
});
