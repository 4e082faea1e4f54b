import { expect } from 'chai';
import { firmGroups, ids } from './firm.js';
import { chloeHasLeft, day, nothingIsOpen, openOf } from './has-left.js';
import { completedCard, hour, minute } from './requests.js';
import { inWorld } from './world.js';

describe('[story] leavers stay left', function () {
  this.timeout(40_000);

  it(
    'looks again after an hour, a day, 7, 30 and 90 days, and finds nothing',
    inWorld(async (world) => {
      const caseId = await chloeHasLeft(world);
      expect((await world.caseState(caseId)).record.watch?.done).to.equal(0);
      const waits = [hour + minute, 23 * hour, 6 * day, 23 * day, 60 * day];
      for (const [index, wait] of waits.entries()) {
        await world.advance(wait);
        await world.until(
          async () => (await world.caseState(caseId)).record.watch?.done === index + 1,
          `look ${index + 1}`,
          10_000,
        );
      }
      const { record, exceptions } = await world.caseState(caseId);
      expect(record.watch).to.include({ done: 5 }).and.not.to.have.property('nextAt');
      expect(exceptions).to.deep.equal([]);
      expect((await world.hr.sees(completedCard)).text)
        .to.include('Completed')
        .and.not.to.include('Came back');
      // Meanwhile the case that follows has closed the mailbox for its delegate.
      const follows = async () => (await world.caseState('L-102')).record.milestones.completedAt !== undefined;
      await world.until(follows, 'the delegate no longer has the mailbox', 10_000);
    }),
  );

  it(
    'catches up with looks that came due while it was off: once, late, and saying so',
    inWorld(async (world) => {
      const caseId = await chloeHasLeft(world);
      await world.restart(() => world.tenant.advance(8 * day));
      await world.until(async () => (await world.caseState(caseId)).record.watch?.done === 3, 'look 3', 10_000);
      const rows = await world.evidenceData(caseId, 'watch.looked');
      const late = rows.find(({ look }) => look === 3);
      expect(late).to.include({ skipped: 2, found: 0 });
      expect(late?.['lateMs']).to.be.greaterThan(hour);
      expect((await world.caseState(caseId)).record.watch?.nextAt).to.be.a('string');
    }),
  );

  it(
    'a group given back is found by the next look, with who gave it; Retry takes it away again and proves it',
    inWorld(async (world) => {
      const { hr, it, tenant, advance, caseState, evidence } = world;
      const caseId = await chloeHasLeft(world);
      const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${ids.chloe}` };
      await tenant.graph('POST', `/groups/${firmGroups.pricingRead}/members/$ref`, reference, ids.kofi);
      await advance(hour + minute);
      const card = await it.channel.sees(/is in Pricing-R/);
      expect(card.text)
        .to.match(/now the tenant shows: In Pricing-R/)
        .and.to.match(/Done by Kofi/);
      expect((await hr.sees(/Came back/)).text).to.match(/Came back:\W* is in Pricing-R/);
      await it.channel.clicks('Retry');
      await nothingIsOpen(world, caseId);
      const { changes, record, parts } = await caseState(caseId);
      const drifted = changes.find(({ partId }) => partId.startsWith('access-drift-'));
      expect(drifted).to.include({ status: 'confirmed' });
      expect(parts.find(({ partId }) => partId === drifted?.partId)?.requirements).to.deep.equal([]);
      expect((await tenant.state(ids.chloe)).groups.map(({ id }) => id)).to.not.include(firmGroups.pricingRead);
      const told = await hr.sees(/Came back .*put right by Sam Okoro/);
      expect(told.text).to.include('Completed').and.to.match(completedCard);
      expect(hr.messages().filter(({ text }) => completedCard.test(text))).to.have.length(1);
      expect(await evidence(caseId)).to.include('change.drifted');
      expect(record.watch?.done).to.equal(1);
    }),
  );

  it(
    'a forwarding rule that was made after closure, and forwarding set again, are found and undone',
    inWorld(async (world) => {
      const { it, tenant, advance, until, caseState } = world;
      const caseId = await chloeHasLeft(world);
      await tenant.graph('POST', `/users/${ids.chloe}/mailFolders/inbox/messageRules`, {
        displayName: 'Send home',
        sequence: 1,
        isEnabled: true,
        actions: { forwardTo: [{ emailAddress: { name: 'Chloe', address: 'chloe@home.example' } }] },
      });
      await tenant.exchange('Set-Mailbox', { Identity: ids.chloe, ForwardingSmtpAddress: 'chloe@home.example' });
      await advance(hour + minute);
      await until(async () => (await openOf(world, caseId)).length === 2, 'two findings', 10_000);
      const titles = (await openOf(world, caseId)).map(({ title }) => title).sort();
      expect(titles[0]).to.include('the mailbox forwards mail');
      expect(titles[1]).to.include('the rule “Send home” forwards mail');
      await it.channel.sees(/The audit log does not tell who did it/);
      for (const { exceptionId } of await openOf(world, caseId)) await it.says(`retry ${caseId} ${exceptionId}`);
      await nothingIsOpen(world, caseId);
      const { mailbox } = await tenant.state(ids.chloe);
      expect(mailbox?.forwardingSmtpAddress).to.equal(null);
      const made = mailbox?.rules.find((rule) => rule['displayName'] === 'Send home');
      expect(made?.isEnabled).to.equal(false);
      expect(
        (await caseState(caseId)).changes.every(({ status }) => ['confirmed', 'not-needed'].includes(status)),
      ).to.equal(true);
    }),
  );

  it(
    'somebody who signed in after access was closed is told once; Retry ends the sessions again',
    inWorld(async (world) => {
      const { it, tenant, advance, until, caseState } = world;
      const caseId = await chloeHasLeft(world);
      await advance(5 * minute);
      await tenant.signIn(ids.chloe);
      await advance(hour);
      const card = await it.channel.sees(/signed in after access was closed/);
      expect(card.text).to.include('this may have been one of them');
      const before = (await tenant.state(ids.chloe)).user.signInSessionsValidFromDateTime;
      await it.channel.clicks('Retry');
      await nothingIsOpen(world, caseId);
      expect((await tenant.state(ids.chloe)).user.signInSessionsValidFromDateTime).to.not.equal(before);
      await advance(day);
      await until(async () => (await caseState(caseId)).record.watch?.done === 2, 'look 2', 10_000);
      expect((await caseState(caseId)).exceptions).to.have.length(1);
    }),
  );

  it(
    'sign-ins that may not be read are said once in the evidence, and nobody is bothered',
    inWorld(async (world) => {
      const { tenant, advance, until, caseState, evidenceData } = world;
      const caseId = await chloeHasLeft(world);
      await tenant.dials({ faults: [{ path: '/signInActivit[y]/', status: 403, count: null }] });
      for (const [index, wait] of [hour + minute, 23 * hour].entries()) {
        await advance(wait);
        await until(
          async () => (await caseState(caseId)).record.watch?.done === index + 1,
          `look ${index + 1}`,
          10_000,
        );
      }
      const told = (await evidenceData(caseId, 'watch.looked')).filter(({ signIns }) => signIns !== undefined);
      expect(told).to.have.length(1);
      expect((await caseState(caseId)).exceptions).to.deep.equal([]);
    }),
  );

  it(
    'a look that cannot read is tried again and then told; it is over by itself when a look succeeds',
    inWorld(async (world) => {
      const { it, tenant, advance, until, caseState } = world;
      const caseId = await chloeHasLeft(world);
      await tenant.dials({ faults: [{ path: '/authentication/method[s]/', status: 403, count: null }] });
      await advance(hour + minute);
      for (const times of [1, 2, 3]) {
        await until(
          async () => (await caseState(caseId)).record.watch?.failed?.times === times,
          `failed ${times} times`,
          10_000,
        );
        expect(await openOf(world, caseId)).to.have.length(times < 3 ? 0 : 1);
        if (times < 3) await advance(11 * minute);
      }
      const card = await it.channel.sees(/nobody knows whether everything is still closed/);
      expect(card.text).to.include('authentication-methods.delete-methods');
      await it.channel.clicks('Retry');
      await until(async () => (await openOf(world, caseId))[0]?.triedAgain !== undefined, 'tried in vain', 10_000);
      await tenant.dials({ faults: [] });
      await advance(hour + minute);
      await nothingIsOpen(world, caseId);
      const { exceptions, record } = await caseState(caseId);
      expect(exceptions.map(({ code }) => code)).to.deep.equal(['latchkey.watch-failed']);
      expect(record.watch).to.not.have.property('failed');
    }),
  );
});
