import { expect } from 'chai';
import fc from 'fast-check';
import { createServerClock, type ServerClock } from '#adapters/clock/server-clock';

const second = 1_000;
const minute = 60_000;
const year = 365 * 24 * 60 * minute;
const start = Date.parse('2026-11-20T09:00:00.000Z');

/** A machine whose clock is set by hand, beside a tenant whose is right. */
function aMachine(aheadAtFirst = 0) {
  let elapsed = 0;
  let ahead = aheadAtFirst;
  const clock: ServerClock = createServerClock({ wall: () => start + elapsed + ahead, monotonic: () => elapsed });
  return {
    clock,
    pass: (ms: number) => {
      elapsed += ms;
    },
    setAhead: (ms: number) => {
      ahead = ms;
    },
    truth: () => start + elapsed,
    now: () => start + elapsed + ahead + clock.offsetMs(),
    /** As Graph says it: to the second, and heard a little later. */
    hear: (lateMs = 0) => clock.heard(Math.floor((start + elapsed - lateMs) / second) * second),
  };
}

describe('[unit] adapters/clock/server-clock', () => {
  it('is this machine’s clock while that agrees with the tenant’s', () => {
    const machine = aMachine(50 * second);
    machine.hear();
    machine.pass(10 * minute);
    expect(machine.clock.offsetMs()).to.equal(0);
    expect(machine.clock.differenceMs()).to.be.closeTo(50 * second, second);
  });

  it('does not follow a machine that is set to next year, nor to last year', () => {
    for (const jump of [year, -year]) {
      const machine = aMachine();
      machine.hear();
      machine.pass(minute);
      machine.setAhead(jump);
      expect(machine.now()).to.be.closeTo(machine.truth(), second);
      machine.pass(5 * minute);
      machine.hear();
      expect(machine.now()).to.be.closeTo(machine.truth(), second);
      expect(machine.clock.differenceMs()).to.be.closeTo(jump, second);
    }
  });

  it('knows no time before the tenant has said it, and believes what only the tenant says when it was said twice', () => {
    const machine = aMachine(year);
    expect(machine.clock.heardAgoMs()).to.equal(undefined);
    machine.hear();
    expect(machine.clock.heardAgoMs()).to.equal(undefined);
    machine.pass(second);
    machine.hear();
    expect(machine.clock.heardAgoMs()).to.equal(0);
    expect(machine.now()).to.be.closeTo(machine.truth(), second);
  });

  it('is not moved by one odd answer', () => {
    const machine = aMachine();
    machine.hear();
    machine.clock.heard(start + year);
    expect(machine.now()).to.equal(machine.truth());
    machine.hear();
    machine.clock.heard(start + year);
    expect(machine.now()).to.equal(machine.truth());
  });

  it('stands still rather than go back when it changes from one clock to the other', () => {
    const machine = aMachine();
    machine.hear();
    machine.setAhead(119 * second);
    const before = machine.now();
    machine.setAhead(130 * second);
    expect(machine.now()).to.equal(before);
    machine.pass(3 * minute);
    expect(machine.now()).to.be.closeTo(machine.truth(), 2 * second);
  });

  it('stays within two minutes of the tenant’s time and never goes back, however the machine’s clock is set', () => {
    const jump = fc.oneof(
      fc.integer({ min: -3 * minute, max: 3 * minute }),
      fc.integer({ min: -2 * year, max: 2 * year }),
    );
    const step = fc.record({
      ms: fc.integer({ min: 0, max: 10 * minute }),
      ahead: fc.option(jump, { nil: undefined }),
      heardLate: fc.option(fc.integer({ min: 0, max: 2 * second }), { nil: undefined }),
    });
    fc.assert(
      fc.property(jump, fc.array(step, { maxLength: 40 }), (first, steps) => {
        const machine = aMachine(first);
        machine.hear();
        machine.hear();
        let last = machine.now();
        for (const { ms, ahead, heardLate } of steps) {
          machine.pass(ms);
          if (ahead !== undefined) machine.setAhead(ahead);
          if (heardLate !== undefined) machine.hear(heardLate);
          const now = machine.now();
          expect(Math.abs(now - machine.truth())).to.be.at.most(2 * minute + 4 * second);
          expect(now).to.be.at.least(last);
          last = now;
        }
      }),
      { numRuns: 500 },
    );
  });
});
