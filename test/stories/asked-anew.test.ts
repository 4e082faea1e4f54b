import { expect } from 'chai';
import { completedCard, hour, requestLeaver } from './requests.js';
import { inWorld, type World } from './world.js';

const anew = /waits for your decision anew/;

/** What was sent to a person by itself: cards and texts, not edits and not answers to what they typed. */
const written = (person: World['manager']) => person.messages().length;

describe('[story] who is written to, and how often', function () {
  this.timeout(20_000);

  it(
    'one message asks, one says that it has to be decided anew, one tells the end; edits in between say nothing',
    inWorld(async ({ hr, manager, advance, until, caseState }) => {
      const caseId = await requestLeaver(hr, 'chloe.bennett@northwind.example on today 17:00');
      await manager.sees(/Please decide on the hand-over/);
      await manager.clicks('Approve');
      expect(written(manager)).to.equal(1);

      await hr.says(`reschedule ${caseId} today 18:00`);
      await hr.clicks('Confirm');
      await manager.sees(/Changed since you approved/);
      await until(() => manager.messages().some(({ text }) => anew.test(text)), 'the manager is told');
      await manager.clicks('Approve', {}, await manager.sees(/Changed since you approved/));
      await until(async () => (await caseState(caseId)).decisions.length > 2, 'decided anew');
      expect(written(manager)).to.equal(2);

      await advance(10 * hour);
      await manager.sees(completedCard, 12_000);
      expect(written(manager)).to.equal(3);
    }),
  );
});
