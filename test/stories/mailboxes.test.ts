import { expect } from 'chai';
import { ids } from './firm.js';
import { completedCard, requestLeaver } from './requests.js';
import { inWorld } from './world.js';

const people = [
  ['a licence of their own', 'alex.morgan@northwind.example', ids.alex, ids.morgan],
  ['a licence inherited from a group', 'Bea Lindqvist', ids.licensedThroughGroup, ids.carlos],
  ['a licence that a dynamic rule gives and takes', 'Liam Byrne', ids.licensedThroughRule, ids.aoife],
] as const;

describe('[story] nobody loses a mailbox', function () {
  this.timeout(20_000);
  for (const [whose, name, userId, managerId] of people)
    it(
      `of somebody with ${whose}`,
      inWorld(async ({ hr, person, tenant }) => {
        await requestLeaver(hr, `${name} on 2026-11-20 02:00`);
        await person(managerId).sees(/Please decide on the hand-over/);
        await person(managerId).clicks('Approve');
        await hr.sees(completedCard, 12_000);
        const { mailbox, licences, user } = await tenant.state(userId);
        expect([mailbox?.type, mailbox?.state, licences, user.accountEnabled]).to.deep.equal([
          'SharedMailbox',
          'active',
          [],
          false,
        ]);
        expect(mailbox?.fullAccess.map(({ trustee }) => trustee)).to.include(managerId);
      }),
    );
});
