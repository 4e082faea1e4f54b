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
    expect(whole.journal.cases).to.have.length(1);
  });

  for (const kind of kinds) {
    const where = kind.around === 'journal' ? 'journal write' : 'request that changes the tenant';
    it(`ends the leaver as if nothing had happened, ${kind.moment} every ${where}`, async function () {
      this.timeout(20 * minute);
      const { kills, violations } = await killEverywhere(whole, kind, (line) => console.log(`      ${line}`));
      const least = kind.around === 'journal' ? whole.journalWrites / 2 : new Set(whole.tenantWrites).size;
      expect(kills).to.be.at.least(least);
      expect(violations).to.deep.equal([]);
    });
  }
});
