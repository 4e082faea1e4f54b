import { expect } from 'chai';
import { check } from './check-life.js';
import { killEverywhere } from './kill-everywhere.js';
import { type Kill, type Life, live } from './life.js';

const minute = 60_000;
const kinds: readonly Pick<Kill, 'around' | 'moment'>[] = [
  { around: 'request', moment: 'before' },
  { around: 'request', moment: 'after' },
  { around: 'journal', moment: 'before' },
  { around: 'journal', moment: 'after' },
];

describe('[fault] a worker killed with SIGKILL and started again', () => {
  let whole: Life;

  before(async function () {
    this.timeout(minute);
    whole = await live();
  });

  it('has nothing to make up for when nobody killed it', () => {
    expect(whole.killed).to.equal(false);
    expect(check(whole, whole)).to.deep.equal([]);
    // The leaver, and the case that will close the mailbox again: opened with the completion, in whatever life that was.
    expect(whole.journal.cases.map(({ record }) => record.follows)).to.deep.equal([undefined, 'L-101']);
  });

  for (const kind of kinds) {
    const where = kind.around === 'journal' ? 'journal write' : 'request that changes the tenant';
    it(`ends the leaver as if nothing had happened, ${kind.moment} every ${where}`, async function () {
      this.timeout(30 * minute);
      const { kills, end, violations } = await killEverywhere(whole, kind, (line) => console.log(`      ${line}`));
      // Runs differ a little in how often they look; a loop that ended early would have tried next to nothing.
      expect(end).to.be.above(kind.around === 'journal' ? whole.journalWrites / 2 : new Set(whole.tenantWrites).size);
      console.log(`      ${kills} kills`);
      expect(violations).to.deep.equal([]);
    });
  }
});
