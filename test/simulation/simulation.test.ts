import { expect } from 'chai';
import { openSqliteStore } from '#adapters/store/sqlite-store';
import { historyOf } from './history.js';
import { manySeeds } from './many-seeds.js';
import { runSeed, type SeedResult } from './run-seed.js';

/** `SEED=123 npx mocha test/simulation` replays one seed and prints what happened; `SEEDS=20000` runs that many. */
const only = process.env['SEED'];
const count = Number(process.env['SEEDS'] ?? 300);

async function alone(seed: number): Promise<SeedResult> {
  const store = await openSqliteStore({ path: ':memory:' });
  try {
    return await runSeed(seed, store);
  } finally {
    await store.close();
  }
}

describe('[simulation] engine', () => {
  it(`keeps its promises through ${only === undefined ? `${count} seeds` : `seed ${only}`} of trouble`, async function () {
    this.timeout(600_000);
    if (only !== undefined) {
      const result = await alone(Number(only));
      console.log(historyOf(result));
      expect(result.violations).to.deep.equal([]);
      return;
    }
    const { broken, lines } = await manySeeds(1, count);
    expect(broken, lines.join('\n')).to.equal(false);
    expect(lines.join('\n')).to.match(/seeds from 1: 0 broken/);
  });

  it('replays a seed to the byte', async function () {
    this.timeout(60_000);
    for (const seed of [3, 17, 88, 140, 187, 1_001]) {
      const [first, second] = [await alone(seed), await alone(seed)];
      expect(second.evidence.map((row) => row.line)).to.deep.equal(first.evidence.map((row) => row.line));
      expect(historyOf(second)).to.equal(historyOf(first));
    }
  });

  it('meets what it is meant to meet: crashes, lost answers, stale reads, refusals, drift, clicks that must not count', async function () {
    this.timeout(60_000);
    const met = new Set<string>();
    for (let seed = 1; seed <= 60; seed += 1) {
      const { world, evidence } = await alone(seed);
      for (const call of world.tenant.calls) met.add(`${call.op} ${call.outcome}`);
      for (const row of evidence) met.add(/"type":"([^"]+)"/.exec(row.line)?.[1] ?? '');
      for (const line of world.story) met.add(line.slice(25).replace(/\d+/g, '#'));
    }
    const seen = [...met].join('\n');
    for (const wanted of [
      'write unknown-outcome',
      'write throttled',
      'write refused',
      'write not-permitted',
      'read broken',
      'change.outcome-unknown',
      'change.put-off',
      'change.excepted',
      'change.by-hand',
      'part.planned-again',
      'exception.retry-asked',
      'case.completed',
      'a-# dies',
      'somebody sets',
      'appears',
      'stranger clicks approved: unknown',
      'leaver clicks approved: unknown',
      'clicks approved: stale',
      'clicks approved: already',
      'clicks rejected: decided',
    ])
      expect(seen, wanted).to.include(wanted);
  });
});
