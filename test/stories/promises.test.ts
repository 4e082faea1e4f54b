import { expect } from 'chai';
import { completedCard, hour, minute, requestLeaver } from './requests.js';
import { inWorld } from './world.js';

const refused = {
  path: '/v1.0/users/',
  method: 'PATCH',
  status: 403,
  code: 'Authorization_RequestDenied',
  message: 'Insufficient privileges to complete the operation.',
  count: null,
};

describe('[story] closed the same day, as promised', function () {
  this.timeout(30_000);

  it(
    'is told an hour before the day ends, with what is still open, and closes by itself once it is done',
    inWorld(async ({ hr, manager, it, tenant, advance, until, caseState, evidence }) => {
      await tenant.dials({ faults: [refused] });
      const caseId = await requestLeaver(hr, 'chloe.bennett@northwind.example on 2026-11-20 17:00', { autoReply: '' });
      await hr.sees(/Promised to be done by Sat 21 Nov 2026 at 00:00 \(London\): on time/);
      await manager.sees(/Please decide on the hand-over/);
      await manager.clicks('Approve');
      await advance(8 * hour + minute);
      const stuck = async () => (await caseState(caseId)).exceptions.some((e) => e.stepId === 'users.disable-account');
      await until(stuck, 'disabling is refused');
      const atRisk = async () => (await evidence(caseId)).includes('promise.at-risk');
      expect(await atRisk()).to.equal(false);

      await advance(6 * hour);
      await until(atRisk, 'the promise is at risk');
      const card = await it.channel.sees(/may not be closed by Sat 21 Nov 2026 at 00:00/);
      const atRiskOne = (await caseState(caseId)).exceptions.find((e) => e.code === 'latchkey.promise-at-risk');
      expect(atRiskOne?.saw).to.match(/^Still open: .*sign-in/i);
      expect(card.text).to.include('Needs IT');
      await hr.sees(/May not be done by Sat 21 Nov 2026 at 00:00/);

      await tenant.dials({ faults: [] });
      const open = (await caseState(caseId)).exceptions.find((e) => e.stepId === 'users.disable-account');
      await it.says(`retry ${caseId} ${open?.exceptionId}`);
      await hr.sees(completedCard, 12_000);
      const rows = await evidence(caseId);
      expect(rows).to.include('promise.kept').and.not.to.include('promise.missed');
      const promised = (await caseState(caseId)).exceptions.find((e) => e.code === 'latchkey.promise-at-risk');
      expect(promised?.resolution).to.include({ as: 'confirmed', by: 'clock', note: 'Closed in time' });
    }),
  );
});
