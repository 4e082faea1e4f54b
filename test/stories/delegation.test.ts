import { expect } from 'chai';
import { ids } from './firm.js';
import { requestLeaver } from './requests.js';
import { inWorld } from './world.js';

const alex = 'alex.morgan@northwind.example';
const asked = /Please decide on the hand-over/;

describe('[story] a manager lets a colleague decide', function () {
  this.timeout(30_000);

  it(
    'after saying for whom and until when; what waits is shown to the colleague at once',
    inWorld(async (world) => {
      const { hr, manager, person, tenant, caseState } = world;
      const priya = person(ids.priya);
      const caseId = await requestLeaver(hr, `${alex} on 2026-11-24 17:00`);
      await manager.sees(asked);
      const confirm = await manager.says('delegate approvals to Priya Shah until 27 Nov 2026');
      expect(confirm.text).to.include('Priya Shah').and.include('the end of Fri 27 Nov 2026 (London)');
      expect(
        priya.messages().some(({ text }) => asked.test(text)),
        'nothing before Confirm',
      ).to.equal(false);
      await manager.clicks('Confirm');
      await priya.sees(asked);
      await priya.clicks('Approve');
      await manager.sees(/Approved by Priya Shah|starts/);
      const decision = (await caseState(caseId)).decisions.find(({ decidedBy }) => decidedBy === ids.priya);
      expect(decision?.right).to.equal(`delegated by ${ids.morgan} until 2026-11-27`);
      expect((await tenant.state(ids.alex)).user.accountEnabled).to.equal(true);
    }),
  );

  it(
    'who is asked about cases that come later, too, until it is ended',
    inWorld(async (world) => {
      const { hr, manager, person } = world;
      const priya = person(ids.priya);
      await manager.says('delegate approvals to priya.shah@northwind.example until 2026-12-01');
      await manager.clicks('Confirm');
      const caseId = await requestLeaver(hr, `${alex} on 2026-11-24 17:00`);
      await priya.sees(asked);
      await manager.says('delegate approvals to nobody');
      await manager.clicks('Confirm');
      const answer = await priya.says(`approve ${caseId}`);
      expect(answer.text).not.to.match(/Approved/);
      expect((await world.caseState(caseId)).decisions.some(({ decidedBy }) => decidedBy === ids.priya)).to.equal(
        false,
      );
    }),
  );

  it(
    'is refused for themselves, a blocked account, a past day, too long a time, and for nobody known',
    inWorld(async ({ manager }) => {
      const says = async (typed: string) => (await manager.says(`delegate approvals to ${typed}`)).text;
      expect(await says('Morgan Lee until 27 Nov 2026')).to.include('You decide for yourself already');
      expect(await says(`${ids.disabledByHand} until 27 Nov 2026`)).to.include('cannot sign in');
      expect(await says('Priya Shah until 2026-11-19')).to.include('is over');
      expect(await says('Priya Shah until 2027-06-01')).to.include('92 days');
      expect(await says('Priya Shah until the cows come home')).to.include('no date I can read');
      expect(await says('Nobody Known until 27 Nov 2026')).to.include('Nobody is called');
      expect(await says('Priya Shah')).to.include('until when?');
    }),
  );
});
