import { expect } from 'chai';
import { createServerClock } from '#adapters/clock/server-clock';
import { checkClock } from '#app/cli/check-clock';
import { type ClockWatchOptions, untilTimeIsKnown, watchClock } from '#app/clock-watch';
import { toInstant } from '#domain/instant';
import { graphAt } from '../adapters/graph/graph-for-test.js';
import { type Listening, listen } from '../adapters/graph/listen.js';

const minute = 60_000;
const year = 365 * 24 * 60 * minute;
const truth = Date.parse('2026-11-20T09:00:00.000Z');

/** A machine whose clock is `ahead` of a tenant that answers over HTTP, as Graph does, with a Date. */
async function aMachine(answers: () => boolean = () => true) {
  const server: Listening = await listen(() =>
    answers() ? { body: { value: [] }, headers: { date: new Date(truth + elapsed).toUTCString() } } : { drop: true },
  );
  let elapsed = 0;
  const machine = { ahead: 0 };
  const serverClock = createServerClock({ wall: () => truth + elapsed + machine.ahead, monotonic: () => elapsed });
  const graph = graphAt(server.origin, { onServerTime: serverClock.heard, retries: 0 });
  const ask = async () => void (await graph.get('/users?$top=1&$select=id', { parse: (value: unknown) => value }));
  const stop = new AbortController();
  const reports: string[] = [];
  const differences: number[] = [];
  const options: ClockWatchOptions = {
    clock: {
      tenantNow: () => toInstant(truth + elapsed + machine.ahead + serverClock.offsetMs()),
      machineNow: () => truth + elapsed + machine.ahead,
      monotonic: () => elapsed,
      wait: async (ms) => {
        elapsed += ms;
        if (elapsed > 5 * minute) stop.abort();
      },
    },
    serverClock,
    ask,
    metrics: { clockDifference: (ms) => void differences.push(ms) },
    report: (what, error) => void reports.push(`${what}: ${error instanceof Error ? error.message : ''}`),
  };
  return { server, machine, serverClock, options, stop, reports, differences, ask };
}

describe('[unit] app/clock-watch', () => {
  let of: Awaited<ReturnType<typeof aMachine>>;
  afterEach(() => of.server.close());

  it('knows the time from the first answers, also where this machine was set to next year', async () => {
    for (const ahead of [0, year]) {
      of = await aMachine();
      of.machine.ahead = ahead;
      await untilTimeIsKnown(of.options, of.stop.signal);
      expect(Date.parse(of.options.clock.tenantNow())).to.be.closeTo(truth, 2_000);
      expect(of.server.heard.length).to.equal(ahead === 0 ? 1 : 2);
      expect(of.reports).to.deep.equal([]);
      if (ahead === 0) await of.server.close();
    }
  });

  it('waits for a tenant that does not answer, and says so', async () => {
    let tries = 0;
    of = await aMachine(() => {
      tries += 1;
      return tries > 3;
    });
    of.machine.ahead = year;
    await untilTimeIsKnown(of.options, of.stop.signal);
    expect(of.serverClock.heardAgoMs()).to.equal(0);
    expect(of.reports[0]).to.match(/^the tenant has not said what time it is; nothing begins before/);
  });

  it('asks the tenant once in a while, and tells once when the clocks part', async () => {
    of = await aMachine();
    await untilTimeIsKnown(of.options, of.stop.signal);
    of.machine.ahead = 10 * minute;
    await watchClock(of.options, of.stop.signal);
    expect(of.reports).to.deep.equal([
      "the clock of this machine: it is 600 seconds ahead of the tenant's, whose time counts",
    ]);
    expect(of.differences.at(-1)).to.be.closeTo(10 * minute, 2_000);
    expect(of.server.heard.length).to.be.greaterThan(3);
  });

  it('is a finding of the doctor', async () => {
    of = await aMachine();
    const look = () => checkClock({ serverClock: of.serverClock, probe: of.ask });
    expect(await look()).to.deep.equal([{ level: 'ok', text: "Clock: this machine's agrees with the tenant's" }]);
    of.machine.ahead = -90 * minute;
    const [finding] = await look();
    expect(finding?.level).to.equal('missing');
    expect(finding?.text).to.include('90 minutes behind');
    expect(await checkClock({ probe: of.ask })).to.deep.equal([]);
  });
});
