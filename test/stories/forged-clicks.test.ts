import { expect } from 'chai';
import { ids } from './firm.js';
import { completedCard, requestLeaver } from './requests.js';
import type { Client } from './teams-client.js';
import { inWorld, type World } from './world.js';

const unknown = /^There is no case .* for you/;

async function nothingChanged({ caseState, tenant }: World, caseId: string, act: () => Promise<void>): Promise<void> {
  const before = await caseState(caseId);
  const truth = await tenant.state(before.record.person.userId);
  await act();
  const after = await caseState(caseId);
  expect(after.decisions).to.deep.equal(before.decisions);
  expect(after.exceptions).to.deep.equal(before.exceptions);
  expect(after.changes).to.deep.equal(before.changes);
  expect(await tenant.state(before.record.person.userId)).to.deep.equal(truth);
}

async function hashesOf(world: World, caseId: string): Promise<string> {
  const { parts } = await world.caseState(caseId);
  return parts
    .map(({ partHash }) => partHash)
    .sort()
    .join(',');
}

describe('[story] forged clicks change nothing', function () {
  this.timeout(30_000);

  it(
    'of the subject and of strangers, who see nothing of the case either, by any button or command',
    inWorld(async (world) => {
      const { hr, manager, person, until, caseState } = world;
      const caseId = await requestLeaver(hr, 'alex.morgan@northwind.example on 2026-11-20 17:00');
      const asked = await manager.sees(/Please decide on the hand-over/);
      await until(async () => (await caseState(caseId)).decisions.length > 0, 'HR has confirmed');
      const { partHash = '' } = (await caseState(caseId)).parts.find(({ partId }) => partId === 'hand-over') ?? {};
      expect(JSON.stringify(asked.card)).to.include(partHash);
      const all = await hashesOf(world, caseId);
      await nothingChanged(world, caseId, async () => {
        for (const nosy of [ids.alex, ids.chloe]) await seesNothing(person(nosy), caseId, [partHash, all]);
      });
    }),
  );

  it(
    'of people who may see the case and have nothing to decide, and of the requester for somebody else',
    inWorld(async (world) => {
      const { hr, manager, it: sam, person, caseState } = world;
      const caseId = await requestLeaver(hr, 'alex.morgan@northwind.example on 2026-11-20 17:00');
      await manager.sees(/Please decide on the hand-over/);
      const { partHash = '' } = (await caseState(caseId)).parts.find(({ partId }) => partId === 'hand-over') ?? {};
      await nothingChanged(world, caseId, async () => {
        for (const other of [sam, person(ids.hannah), person(ids.priya)]) {
          const answer = await other.forges('approve', { caseId, partHash });
          expect(answer.text).to.include(`Case ${caseId} is not yours to decide`);
        }
        // Whoever has decided their own part is shown how it stands, and decides no other.
        for (const verb of ['approve', 'reject'])
          expect((await hr.forges(verb, { caseId, partHash }, { reason: 'no' })).text).to.include(
            'Waits for a decision',
          );
      });
    }),
  );

  it(
    'of the manager with another case, another hash, an old hash or no hash; the true card is the answer',
    inWorld(async (world) => {
      const { hr, manager, caseState } = world;
      const first = await requestLeaver(hr, 'alex.morgan@northwind.example on 2026-11-20 17:00');
      const second = await requestLeaver(hr, 'chloe.bennett@northwind.example on 2026-11-20 17:00');
      await manager.sees(new RegExp(`Case ${first}\\s[\\s\\S]*Please decide`));
      await manager.sees(new RegExp(`Case ${second}\\s[\\s\\S]*Please decide`));
      const hashOf = async (caseId: string) =>
        (await caseState(caseId)).parts.find(({ partId }) => partId === 'hand-over')?.partHash ?? '';
      await nothingChanged(world, second, async () =>
        nothingChanged(world, first, async () => {
          for (const partHash of [
            await hashOf(second),
            'f'.repeat(64),
            '',
            `${await hashOf(first)},${await hashOf(second)}`,
          ]) {
            const answer = await manager.forges('approve', { caseId: first, partHash });
            expect(answer.text).to.include(`Case ${first}`).and.to.include('Your decision');
          }
          for (const caseId of ['L-999', '', 'L-101; drop table', '__proto__'])
            expect((await manager.forges('approve', { caseId, partHash: await hashOf(first) })).text).to.match(/case/i);
          expect((await manager.forges('launch-missiles', { caseId: first })).text).to.include('from another version');
          expect((await manager.forges('submit-leaver', { draftId: 'x' })).text).to.include('not yours');
        }),
      );
    }),
  );

  it(
    'that are made twice, at once, or again when all is over',
    inWorld(async (world) => {
      const { hr, manager, caseState } = world;
      const form = await hr.says('leaver chloe.bennett@northwind.example on 2026-11-20 08:59');
      const answers = await Promise.all([hr.clicks('Submit', {}, form), hr.clicks('Submit', {}, form)]);
      expect(answers.map(({ text }) => /Case (L-\d+)/.exec(text)?.[1])).to.deep.equal(['L-101', 'L-101']);
      const asked = await manager.sees(/Please decide on the hand-over/);
      await Promise.all([1, 2, 3].map(() => manager.clicks('Approve', {}, asked)));
      await hr.sees(completedCard, 15_000);
      const { decisions } = await caseState('L-101');
      expect(decisions.filter(({ decidedBy }) => decidedBy === ids.morgan)).to.have.length(1);
      await nothingChanged(world, 'L-101', async () => {
        expect((await manager.clicks('Approve', {}, asked)).text).to.match(completedCard);
        await manager.clicks('Reject', { reason: 'too late' }, asked);
        expect((await hr.clicks('Submit', {}, form)).text).to.match(completedCard);
      });
    }),
  );
});

async function seesNothing(nosy: Client, caseId: string, hashes: readonly string[]): Promise<void> {
  for (const partHash of hashes)
    for (const verb of ['approve', 'reject']) {
      const answer = await nosy.forges(verb, { caseId, partHash }, { reason: 'no' });
      expect(answer.text).to.match(unknown);
    }
  for (const verb of ['retry', 'done-by-hand', 'evidence', 'show-case'])
    expect((await nosy.forges(verb, { caseId, exceptionId: '1' }, { note: 'no' })).text).to.match(unknown);
  for (const typed of [
    `case ${caseId}`,
    `approve ${caseId}`,
    `reject ${caseId} no`,
    `retry ${caseId}`,
    `done ${caseId} it`,
  ])
    expect((await nosy.says(typed)).text).to.match(unknown);
  for (const typed of ['cases', 'approvals']) expect((await nosy.says(typed)).text).to.not.include(caseId);
  expect(nosy.everything()).to.not.match(/Alex|alex\.morgan/);
}
