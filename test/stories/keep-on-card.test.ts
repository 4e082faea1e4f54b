import { expect } from 'chai';
import { deviationsOf } from '#domain/deviation-part';
import { minute, requestLeaver } from './requests.js';
import { inWorld } from './world.js';

describe('[story] asking on the card that something waits', function () {
  this.timeout(20_000);

  it(
    'puts what HR chose before those who sign it, shows that on the case, and says what is missing',
    inWorld(async ({ hr, caseState, until }) => {
      const caseId = await requestLeaver(hr, 'chloe.bennett@northwind.example on 2026-11-23 17:00');
      await hr.sees(/changes planned/);
      const card = await hr.seesButton('Keep');
      const chosen = { what: 'sign-in', until: '2026-11-27', why: '' };
      const refused = await hr.clicks('Keep', chosen, card);
      expect(refused.text).to.include('Nothing was asked for yet').and.include('Please say why');
      const asked = await hr.clicks('Keep', { ...chosen, why: 'the hand-over call is on Friday' }, card);
      expect(asked.text).to.include(`Case ${caseId}`).and.include('Sign-in stays open');
      const [wish] = deviationsOf(await caseState(caseId));
      expect(wish?.deviation).to.include({ kind: 'keep', until: '2026-11-27T17:00:00.000Z' });
      expect(wish?.requirements.map((r) => r.requirementId)).to.have.members(['sign-hr', 'sign-approvers']);

      await hr.clicks(
        'Keep',
        { what: 'everything', until: '2026-11-25', why: 'the last day is being discussed' },
        asked,
      );
      const held = async () => deviationsOf(await caseState(caseId)).some(({ deviation }) => deviation.kind === 'hold');
      await until(held, 'the hold is asked for', minute);
    }),
  );
});
