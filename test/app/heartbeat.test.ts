import { expect } from 'chai';
import { createHeartbeat } from '#adapters/heartbeat/http-heartbeat';
import { runHeartbeat } from '#app/heartbeat-loop';
import { createOverdueWatch } from '#app/overdue-watch';
import { toInstant } from '#domain/instant';
import { beatAtStart } from '#engine/house/pulse';
import { type Listening, listen } from '../adapters/graph/listen.js';
import { type HandSet, handSetEngine, minute, start } from '../engine/house/hand-set-engine.js';

async function reasonOf(check: () => Promise<void>): Promise<string | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('[unit] app/overdue-watch', () => {
  let set: HandSet;
  beforeEach(async () => {
    set = await handSetEngine();
    await beatAtStart(set.engine);
  });
  afterEach(() => set.engine.store.close());

  const pass = async (ms: number, beats = true) => {
    set.clocks.tenant += ms;
    set.clocks.machine += ms;
    set.clocks.monotonic += ms;
    if (beats) await beatAtStart({ ...set.engine, observe: true });
  };
  const commit = (more: object) =>
    set.engine.store.commit({ tenantId: 'unit', state: [], evidence: [], outbox: [], ...more });

  it('finds a case that was due and that nobody took', async () => {
    const { assertOnTime } = createOverdueWatch(set.engine);
    await commit({ wake: [{ caseId: 'L-1', dueAt: toInstant(start), mode: 'set' }] });
    await pass(9 * minute);
    expect(await reasonOf(assertOnTime)).to.equal(undefined);
    await pass(2 * minute);
    expect(await reasonOf(assertOnTime)).to.equal('a case has been due for 11 minutes and nobody works on it');
    await commit({ wake: [{ caseId: 'L-1', dueAt: toInstant(start + 60 * minute), mode: 'set' }] });
    expect(await reasonOf(assertOnTime)).to.equal(undefined);
  });

  it('finds a message that does not go out, however often others do', async () => {
    const { assertOnTime } = createOverdueWatch(set.engine);
    await commit({ outbox: [{ key: 'stuck', audience: 'person/p', kind: 'case' }] });
    for (let n = 0; n < 4; n += 1) {
      expect(await reasonOf(assertOnTime)).to.equal(undefined);
      await commit({ outbox: [{ key: 'other', audience: 'person/p', kind: 'case' }] });
      const taken = await set.engine.store.takeOutbox('unit', start + set.clocks.machine, 1, 9);
      for (const item of taken)
        await set.engine.store.settleOutbox(
          item,
          item.key === 'stuck' ? { kind: 'retry', retryAt: 0 } : { kind: 'sent' },
        );
      await pass(4 * minute);
    }
    expect(await reasonOf(assertOnTime)).to.equal('a message has waited for 16 minutes to be sent');
    const [stuck] = await set.engine.store.takeOutbox('unit', start + set.clocks.machine, 1, 9);
    if (stuck) await set.engine.store.settleOutbox(stuck, { kind: 'sent' });
    expect(await reasonOf(assertOnTime)).to.equal(undefined);
  });

  it('finds that nobody says any more that the work goes on', async () => {
    const { assertOnTime } = createOverdueWatch(set.engine);
    expect(await reasonOf(assertOnTime)).to.equal(undefined);
    await pass(4 * minute, false);
    expect(await reasonOf(assertOnTime)).to.match(/^nothing has said for 4 minutes/);
    await pass(0);
    expect(await reasonOf(assertOnTime)).to.equal(undefined);
  });

  it('finds a duty of the house that goes on failing, until it succeeds', async () => {
    const { assertOnTime, tried } = createOverdueWatch(set.engine);
    tried('sweep', true);
    await pass(10 * minute);
    tried('sweep', true);
    expect(await reasonOf(assertOnTime)).to.equal(undefined);
    await pass(6 * minute);
    expect(await reasonOf(assertOnTime)).to.equal("the house's sweep has failed for 16 minutes");
    tried('sweep', false);
    expect(await reasonOf(assertOnTime)).to.equal(undefined);
  });
});

describe('[unit] app/heartbeat-loop', () => {
  let server: Listening;
  let status: number;
  let said: string[];
  let overdue: boolean[];
  let reason: string | undefined;
  let stop: AbortController;
  let running: Promise<void>;

  beforeEach(async () => {
    status = 200;
    said = [];
    overdue = [];
    reason = undefined;
    stop = new AbortController();
    server = await listen(() => ({ status }));
  });
  afterEach(async () => {
    stop.abort();
    await running;
    await server.close();
  });

  function run(): void {
    running = runHeartbeat(
      {
        clock: {
          tenantNow: () => toInstant(start),
          machineNow: () => start,
          // So that nothing counts as still starting.
          monotonic: (() => {
            let asked = 0;
            return () => 1_000_000 * asked++;
          })(),
          wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        },
        checks: {
          store: async () => undefined,
          work: async () => {
            if (reason) throw new Error(reason);
          },
        },
        beat: createHeartbeat({ url: `${server.origin}/ping/secret`, timeoutMs: 500 }),
        everyMs: 5,
        metrics: { overdue: (is) => void overdue.push(is) },
        log: {
          warn: (fields, message) => void said.push(`${message} ${JSON.stringify(fields)}`),
          info: (_fields, message) => void said.push(message),
        },
      },
      stop.signal,
    );
  }
  const until = async (met: () => boolean) => {
    for (let n = 0; n < 400 && !met(); n += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(met()).to.equal(true);
  };

  it('calls while all is well, stops when something is overdue, and goes on; each is told once', async () => {
    run();
    await until(() => server.heard.length >= 3);
    expect(server.heard[0]).to.include({ method: 'GET', url: '/ping/secret' });
    reason = 'a case has been due for 11 minutes';
    await until(() => overdue.at(-1) === true);
    const calls = server.heard.length;
    const looks = overdue.length;
    await until(() => overdue.length > looks + 5);
    expect(server.heard.length).to.equal(calls);
    reason = undefined;
    await until(() => server.heard.length > calls + 2);
    expect(overdue.at(-1)).to.equal(false);
    expect(said).to.deep.equal([
      'the heartbeat stops {"reasons":["work: a case has been due for 11 minutes"]}',
      'all is well again: the heartbeat goes on',
    ]);
  });

  it('tells once that nobody hears it, not where it calls, and goes on calling', async () => {
    status = 500;
    run();
    await until(() => server.heard.length >= 5);
    expect(said).to.have.length(1);
    expect(said[0])
      .to.match(/not heard/)
      .and.not.include('secret');
    expect(overdue).to.not.include(true);
  });
});
