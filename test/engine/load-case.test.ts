import { expect } from 'chai';
import { loadCase } from '#engine/load-case';
import { oneCase } from './one-case.js';

describe('[unit] engine/load-case', () => {
  it('takes requirements of an earlier version as asked since the case was opened', async () => {
    const one = await oneCase(['account', 'grant']);
    await one.pass(60_000);
    const { store, tenantId } = one.engine;
    const [stored] = await store.list(tenantId, 'part', { caseId: one.caseId });
    if (!stored) throw new Error('no part');
    const requirements = stored.body.requirements.map(({ askedAt: _none, ...older }) => older);
    const body = { ...stored.body, requirements } as unknown as typeof stored.body;
    await store.commit({
      tenantId,
      state: [{ collection: 'part', key: stored.key, caseId: one.caseId, body }],
      evidence: [],
      outbox: [],
    });
    const state = await loadCase(store, tenantId, one.caseId);
    const part = state?.parts.find(({ partId }) => partId === stored.body.partId);
    expect(part?.requirements.map((r) => r.askedAt)).to.deep.equal(requirements.map(() => state?.record.openedAt));
    expect(requirements).to.not.deep.equal([]);
  });
});
