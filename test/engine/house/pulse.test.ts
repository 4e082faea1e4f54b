import { expect } from 'chai';
import { toInstant } from '#domain/instant';
import { beatAtStart, pulse } from '#engine/house/pulse';
import { type HandSet, handSetEngine, minute, start } from './hand-set-engine.js';

const hour = 60 * minute;

describe('[unit] engine/house/pulse', () => {
  let set: HandSet;
  beforeEach(async () => {
    set = await handSetEngine();
    await beatAtStart(set.engine);
  });
  afterEach(() => set.engine.store.close());

  const outages = async () =>
    (await set.engine.store.list('unit', 'outage')).map(({ body }) => [body.from, body.to] as const);
  const onRecord = async () =>
    (await set.engine.store.chain('unit', 'house')).filter(({ line }) => line.includes('outage.found')).length;
  const pass = (ms: number, clocks: readonly (keyof HandSet['clocks'])[] = ['tenant', 'machine', 'monotonic']) => {
    for (const name of clocks) set.clocks[name] += ms;
  };

  it('beats without a word while it is there', async () => {
    for (let beat = 0; beat < 5; beat += 1) {
      pass(minute);
      await pulse.act(set.engine);
    }
    await beatAtStart(set.engine);
    expect(await outages()).to.deep.equal([]);
    expect(await set.engine.store.chain('unit', 'house')).to.deep.equal([]);
    expect(await set.engine.store.waitingOutbox('unit', 9)).to.deep.equal([]);
    expect(set.asked.count, 'nor does it trouble the tenant').to.equal(0);
  });

  it('finds at the start how long it was away, by the tenant’s time, once', async () => {
    pass(3 * hour, ['tenant']);
    await beatAtStart(set.engine);
    await beatAtStart(set.engine);
    expect(await outages()).to.deep.equal([[toInstant(start), toInstant(start + 3 * hour)]]);
    expect(await onRecord()).to.equal(1);
    expect(await set.engine.store.waitingOutbox('unit', 9)).to.have.length(1);
    pass(minute);
    await pulse.act(set.engine);
    const kept = await set.engine.store.get('unit', 'pulse', 'pulse');
    expect(kept?.body.outage?.from, 'the last outage stays known').to.equal(toInstant(start));
  });

  it('finds that the machine slept, when the tenant bears it out', async () => {
    pass(8 * hour, ['machine']);
    set.asked.answer = () => {
      set.clocks.tenant = 8 * hour;
    };
    await pulse.act(set.engine);
    expect(await outages()).to.deep.equal([[toInstant(start), toInstant(start + 8 * hour)]]);
  });

  it('takes neither a machine whose clock was set nor a moved tenant clock for an absence', async () => {
    pass(365 * 24 * hour, ['machine']);
    await pulse.act(set.engine);
    expect(set.asked.count).to.equal(1);
    pass(5 * 24 * hour, ['tenant']);
    await pulse.act(set.engine);
    pass(-365 * 24 * hour, ['machine']);
    await pulse.act(set.engine);
    expect(await outages()).to.deep.equal([]);
  });

  it('does not forget an absence because the tenant could not be asked', async () => {
    pass(8 * hour, ['machine']);
    set.asked.answer = () => {
      throw new Error('no answer');
    };
    const failed = await pulse.act(set.engine).then(
      () => false,
      () => true,
    );
    expect(failed).to.equal(true);
    set.asked.answer = () => {
      set.clocks.tenant = 8 * hour;
    };
    await pulse.act(set.engine);
    expect(await outages()).to.have.length(1);
  });
});
