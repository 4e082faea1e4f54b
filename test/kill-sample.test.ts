import { expect } from 'chai';
import { check } from './faults/check-life.js';
import { placeOf } from './faults/kill-everywhere.js';
import { type Kill, type Life, live } from './faults/life.js';

/** A few of the points that `.ci/run` tries one by one: while planning, while sending, while reading back, while telling people. */
const sample: readonly Kill[] = [
  { around: 'journal', n: 6, moment: 'after' },
  { around: 'request', n: 4, moment: 'after' },
  { around: 'journal', n: 40, moment: 'before' },
  { around: 'request', n: 16, moment: 'before' },
  { around: 'journal', n: 110, moment: 'after' },
];

describe('[fault] a worker killed with SIGKILL, sampled', function () {
  this.timeout(180_000);

  it('ends the leaver as if nothing had happened', async () => {
    const [whole, ...lives] = await sideBySide([undefined, ...sample]);
    if (!whole) throw new Error('no life to compare with');
    const wrong = lives.flatMap((life, i) => {
      const kill = sample[i];
      const where = kill ? placeOf(kill) : '';
      const survived = life.killed ? [] : [`${where}: it was not killed`];
      return [...survived, ...check(life, whole).map((sentence) => `${where}: ${sentence}`)];
    });
    expect(lives).to.have.length(sample.length);
    expect(wrong).to.deep.equal([]);
  });
});

async function sideBySide(kills: readonly (Kill | undefined)[]): Promise<readonly Life[]> {
  const lives = new Array<Life>(kills.length);
  const waiting = [...kills.entries()];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) lives[next[0]] = await live(next[1]);
  };
  await Promise.all([lane(), lane(), lane()]);
  return lives;
}
