import { expect } from 'chai';
import { ids } from './firm.js';
import { completedCard, hour, minute, requestLeaver } from './requests.js';
import { inWorld } from './world.js';

describe('[story] somebody leaves now', function () {
  this.timeout(20_000);

  it(
    'waits for a second person in HR, then closes at once; the silent manager’s hand-over takes the default',
    inWorld(async ({ hr, manager, person, tenant, advance, until, caseState }) => {
      const hannah = person(ids.hannah);
      const caseId = await requestLeaver(hr, 'alex.morgan@northwind.example now');
      await hr.sees(/Access ends as soon as a second person in HR approves/);
      const asked = await hannah.sees(/Dana Reyes asks to end this access now/);
      expect(asked.text).to.include('Alex Morgan');
      await hr.says(`approve ${caseId}`);
      expect((await tenant.state(ids.alex)).user.accountEnabled).to.equal(true);

      await hannah.clicks('Approve');
      await until(async () => !(await tenant.state(ids.alex)).user.accountEnabled, 'the account is disabled');
      await until(
        async () => (await caseState(caseId)).record.milestones.accessClosedAt !== undefined,
        'access is closed',
      );
      expect((await caseState(caseId)).record.milestones.handedOverAt).to.equal(undefined);
      await manager.sees(/without an answer it goes ahead as asked for/);

      await advance(24 * hour + minute);
      const told = await hr.sees(completedCard, 12_000);
      expect(told.text).to.match(/approved by Dana Reyes, Hannah Brooks and the deadline/);
      expect((await tenant.state(ids.alex)).mailbox?.fullAccess.some(({ trustee }) => trustee === ids.morgan)).to.equal(
        true,
      );
    }),
  );

  it(
    'tells IT when the second person in HR stays silent, and closes nothing',
    inWorld(async ({ hr, it, tenant, advance, person }) => {
      await requestLeaver(hr, 'alex.morgan@northwind.example now');
      await person(ids.hannah).sees(/asks to end this access now/);
      await advance(61 * minute);
      await it.channel.sees(/Nobody has decided/);
      expect((await tenant.state(ids.alex)).user.accountEnabled).to.equal(true);
      await person(ids.hannah).clicks('Approve');
      await it.channel.sees(/Nothing is open|all put right/);
    }),
  );
});

describe('[story] the manager objects', function () {
  this.timeout(20_000);

  it(
    'has to say why; access closes all the same, nothing is handed over, and HR reads the objection',
    inWorld(async ({ hr, manager, tenant, advance }) => {
      await requestLeaver(hr, 'alex.morgan@northwind.example on today 17:00');
      await manager.sees(/Please decide on the hand-over/);
      expect((await manager.clicks('Reject', { reason: ' ' })).text).to.include('Please say why');
      await manager.clicks('Reject', { reason: 'The mailbox belongs to Priya' });
      await hr.sees(/The mailbox belongs to Priya/);
      await advance(8 * hour);
      const told = await hr.sees(completedCard, 12_000);
      expect(told.text).to.match(/rejected by Morgan Lee.*: The mailbox belongs to Priya/);
      const { user, mailbox } = await tenant.state(ids.alex);
      expect(user.accountEnabled).to.equal(false);
      expect(mailbox?.fullAccess.some(({ trustee }) => trustee === ids.morgan)).to.equal(false);
    }),
  );
});
