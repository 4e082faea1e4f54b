import { expect } from 'chai';
import { ids } from './firm.js';
import { completedCard, hour, requestLeaver } from './requests.js';
import { inWorld } from './world.js';

describe('[story] an ordinary leaver', function () {
  this.timeout(20_000);

  it(
    'is asked for by HR, decided by the manager, closed at the last minute over a restart, and told with proof',
    inWorld(async ({ hr, manager, it, person, tenant, advance, restart, until, caseState, evidence }) => {
      const caseId = await requestLeaver(hr, 'alex.morgan@northwind.example on 2026-11-20 17:00');
      await hr.sees(/Access ends Fri 20 Nov 2026 at 17:00 \(London\)/);
      const asked = await manager.sees(/Please decide on the hand-over/);
      expect(asked.text).to.include('Alex Morgan is leaving').and.to.include(`Case ${caseId}`);
      expect(asked.text).to.include('Groups (9): All Staff, Sales UK').and.to.include('outside the firm');
      expect((await manager.clicks('Approve')).text).to.include('Approved by you');

      await restart();
      await advance(8 * hour - 1_000 - 30_000);
      expect((await tenant.state(ids.alex)).user.accountEnabled).to.equal(true);
      await advance(60_000);
      const told = await hr.sees(completedCard, 12_000);
      expect(told.text)
        .to.match(/^23 of 23 changes read back$/m)
        .and.to.match(/access closed .* · handed over .* · completed/);
      expect(told.text).to.include('approved by Dana Reyes and Morgan Lee').and.not.to.include('By hand');
      const managerTold = await manager.sees(completedCard);
      expect(managerTold.text).to.include('Mailbox is open for you').and.not.to.include('VPN Users');
      const leaders = [person(ids.priya), it];
      for (const leader of leaders) expect((await leader.sees(completedCard)).text).to.include('VPN Users');
      for (const reader of [hr, manager, ...leaders])
        expect(reader.messages().filter(({ text }) => completedCard.test(text))).to.have.length(1);
      for (const other of [person(ids.hannah), person(ids.alex)]) expect(other.messages()).to.deep.equal([]);
      // Asked for after the morning's list, and in it since Latchkey was started again.
      for (const { text } of it.channel.messages()) expect(text).to.include('Who leaves today');

      const { user, licences, mailbox, groups } = await tenant.state(ids.alex);
      expect([user.accountEnabled, licences, mailbox?.type, groups]).to.deep.equal([false, [], 'SharedMailbox', []]);
      const { record } = await caseState(caseId);
      expect(record.milestones).to.have.keys('accessClosedAt', 'handedOverAt', 'completedAt');
      const rows = await evidence(caseId);
      expect(rows[0]).to.equal('case.opened');
      expect(rows).to.include.members([
        'decision.shown',
        'milestone.access-closed',
        'milestone.handed-over',
        'case.completed',
      ]);
      await until(async () => (await evidence('house')).includes('checkpoint.made'), 'the closure is signed');
      expect((await hr.clicks('Evidence')).text)
        .to.match(/is whole/)
        .and.to.match(/\d+ rows/);
    }),
  );
});
