import { expect } from 'chai';
import { createSystemClock } from '#adapters/clock/system-clock';
import { createTenantClock } from '#adapters/clock/tenant-clock';
import { type Listening, listen } from '../graph/listen.js';

const hour = 3_600_000;

describe('[unit] adapters/clock/system-clock', () => {
  it('moves the tenant’s time alone by the offset', () => {
    let offset = 0;
    const clock = createSystemClock({ offsetMs: () => offset });
    offset = 5 * hour;
    expect(Date.parse(clock.tenantNow()) - clock.machineNow()).to.be.closeTo(5 * hour, 50);
    expect(clock.machineNow()).to.be.closeTo(Date.now(), 50);
    expect(clock.monotonic()).to.be.closeTo(performance.now(), 50);
  });

  it('waits as long as asked, or until the signal', async () => {
    const clock = createSystemClock({ offsetMs: () => 0 });
    const started = clock.monotonic();
    await clock.wait(30);
    expect(clock.monotonic() - started).to.be.within(28, 200);
    const stop = new AbortController();
    const long = clock.wait(40 * 24 * hour, stop.signal);
    stop.abort();
    await long;
    await clock.wait(40 * 24 * hour, stop.signal);
    expect(clock.monotonic() - started).to.be.below(1000);
  });
});

describe('[unit] adapters/clock/tenant-clock', () => {
  let server: Listening;
  afterEach(() => server.close());

  it('follows the tenant’s clock, and keeps the last offset when a poll fails', async () => {
    let ahead = 2 * hour;
    let failing = false;
    server = await listen(() =>
      failing ? { drop: true } : { body: { now: new Date(Date.now() + ahead).toISOString(), offsetMs: ahead } },
    );
    const failures: Error[] = [];
    const clock = createTenantClock({ origin: server.origin, pollMs: 10, onFailure: (error) => failures.push(error) });
    expect(clock.offsetMs()).to.equal(0);
    await clock.start();
    expect(clock.offsetMs()).to.be.closeTo(2 * hour, 60);
    ahead = 50 * hour;
    await clock.refresh();
    expect(clock.offsetMs()).to.be.closeTo(50 * hour, 60);
    failing = true;
    while (failures.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(clock.offsetMs()).to.be.closeTo(50 * hour, 60);
    clock.stop();
    expect(server.heard.map((heard) => `${heard.method} ${heard.url}`)).to.include('GET /_sandbox/clock');
    const polls = server.heard.length;
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(server.heard.length).to.be.at.most(polls + 1);
  });

  it('does not jitter with the journey of the question', async () => {
    server = await listen((_heard, count) => ({
      body: { now: new Date(Date.now() + hour).toISOString() },
      afterMs: count % 2 === 0 ? 20 : 0,
    }));
    const clock = createTenantClock({ origin: server.origin });
    await clock.refresh();
    const first = clock.offsetMs();
    for (let poll = 0; poll < 6; poll += 1) await clock.refresh();
    expect(clock.offsetMs()).to.equal(first);
  });

  it('takes no clock that is none', async () => {
    server = await listen((_heard, count) => (count === 1 ? { body: { now: 'noon' } } : { status: 500, body: {} }));
    const clock = createTenantClock({ origin: server.origin });
    for (const _ of [1, 2]) {
      const error = await clock.refresh().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(Error);
    }
    expect(clock.offsetMs()).to.equal(0);
  });
});
