import { commitContract } from './store-commit.js';
import { evidenceContract } from './store-evidence.js';
import type { OpenedStore, OpenStore } from './store-fixture.js';
import { leaseContract } from './store-lease.js';
import { outboxContract } from './store-outbox.js';

/** What every store keeps, whichever database it stands on. */
export function storeContract(name: string, open: OpenStore): void {
  describe(`[contract] store on ${name}`, () => {
    let opened: OpenedStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(async () => {
      await opened.close();
    });
    const current = (): OpenedStore => opened;
    commitContract(current);
    evidenceContract(current);
    leaseContract(current);
    outboxContract(current);
  });
}
