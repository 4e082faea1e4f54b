import { expect } from 'chai';
import { hour, minute, oneCase } from './one-case.js';

describe('[unit] engine/silence where policy says close-access', () => {
  it('hands nothing over when the manager says nothing, and closes and completes all the same', async () => {
    const one = await oneCase(['account', 'grant', 'mailbox'], { onSilence: 'close-access' });
    await one.pass(2 * hour + 10 * minute);
    const { decisions, record } = await one.state();
    expect(decisions.filter((d) => d.decidedBy === 'clock').map((d) => d.outcome)).to.deep.equal(['rejected']);
    expect(one.tenant.truth('grant-1')).to.equal('on');
    expect(record.milestones.accessClosedAt).to.be.a('string');
    expect(record.milestones.completedAt).to.be.a('string');
  });
});
