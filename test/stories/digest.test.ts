import { expect } from 'chai';
import { personId } from '#sandbox/firm/ids';
import { ids } from './firm.js';
import { hour, requestLeaver } from './requests.js';
import { inWorld, type World } from './world.js';

/** Six of Morgan Lee's people. */
const six = ['06', '07', '12', '19', '27', '28'].map(personId);

async function leavers(world: World, people: readonly string[], inputs: Readonly<Record<string, string>> = {}) {
  const cases: string[] = [];
  for (const person of people) cases.push(await requestLeaver(world.hr, `${person} on 2026-12-18 17:00`, inputs));
  return cases;
}

const nobody = { delegate: 'nobody' };

/** How Morgan has decided on the hand-over of each case. */
async function decisionsOf(world: World, cases: readonly string[]): Promise<readonly (string | undefined)[]> {
  const states = await Promise.all(cases.map((caseId) => world.caseState(caseId)));
  return states.map(({ decisions }) => decisions.find(({ decidedBy }) => decidedBy === ids.morgan)?.outcome);
}

const mentions = (world: World, caseId: string) =>
  world.manager.messages().filter(({ text }) => text.includes(`Case ${caseId}`)).length;

describe('[story] one manager with many decisions', () => {
  it(
    'gets one list of them and decides in one card, each for what it showed',
    inWorld(async (world) => {
      const cases = await leavers(world, six, nobody);
      const list = await world.manager.sees(/6 decisions wait for you/);
      expect(list.summary).to.match(/^\d decisions wait for you$/);
      for (const caseId of cases) expect(list.text).to.match(new RegExp(`Case ${caseId} · decide by`));
      // The first three came one by one, before there were many; no later one came by itself as well.
      for (const caseId of cases.slice(3)) expect(mentions(world, caseId), `${caseId} is in one message`).to.equal(1);
      expect(world.manager.messages().filter(({ text }) => text.includes('decisions wait for you'))).to.have.length(1);

      expect((await world.manager.clicks('Approve chosen', {}, list)).text).to.match(/Nothing was chosen/);
      const [first = '', second = '', ...others] = cases;
      const rejected = await world.manager.clicks(
        'Reject chosen',
        { [`choose-${first}`]: 'true', reason: 'The reply is not mine to sign' },
        list,
      );
      expect(rejected.text).to.match(new RegExp(`1 case rejected: ${first}\\.[\\s\\S]*`));
      await world.manager.sees(/5 decisions wait for you/);
      const answer = await world.manager.clicks('Approve chosen', { chooseAll: 'true' });
      expect(answer.text).to.match(/5 cases approved: /);
      expect(answer.text).to.match(/Nothing waits for your decision/);
      expect(await decisionsOf(world, cases)).to.deep.equal(['rejected', ...[second, ...others].map(() => 'approved')]);
      await world.until(
        () => world.manager.messages().every(({ text }) => !text.includes('decisions wait for you')),
        'the list is empty',
      );
      // A click on the list as it was changes nothing more.
      const again = await world.manager.clicks('Approve chosen', { [`choose-${first}`]: 'true' }, list);
      expect(again.text).to.match(new RegExp(`${first}: somebody has decided it already`));
      expect(await decisionsOf(world, [first])).to.deep.equal(['rejected']);
      expect(await world.evidence(second)).to.include.members(['decision.shown', 'part.approved']);
    }),
  ).timeout(40_000);

  it(
    'opens what is elevated before deciding it, also where a forged click chooses it',
    inWorld(async (world) => {
      const routine = await leavers(world, six.slice(0, 3), nobody);
      const [elevated = ''] = await leavers(world, six.slice(3, 4));
      const list = await world.manager.sees(/4 decisions wait for you/);
      expect(list.text).to.match(/Elevated: open it to decide/);
      const digestId = /"digestId":"([^"]+)"/.exec(JSON.stringify(list.card))?.[1] ?? '';
      const forged = await world.manager.forges('approve-digest', { digestId }, { [`choose-${elevated}`]: 'true' });
      expect(forged.text).to.include(`${elevated}: it is elevated: open it to decide.`);
      expect(await decisionsOf(world, [elevated])).to.deep.equal([undefined]);
      const notTheirs = await world.it.forges('approve-digest', { digestId }, { chooseAll: 'true' });
      expect(notTheirs.text).to.match(/not yours/);

      await world.manager.clicks('Approve chosen', { chooseAll: 'true' }, list);
      expect(await decisionsOf(world, [...routine, elevated])).to.deep.equal([
        ...routine.map(() => 'approved'),
        undefined,
      ]);
      // One is left, and still nothing but the list was sent for it.
      const left = await world.manager.sees(/1 decision waits for you/);
      const opened = await world.manager.clicks('Open', {}, left);
      expect(opened.text).to.include(`Case ${elevated}`);
      await world.manager.clicks('Approve', {}, { ...left, card: opened.card });
      expect(await decisionsOf(world, [elevated])).to.deep.equal(['approved']);
      await world.manager.sees(/Nothing waits for your decision/);
    }),
  ).timeout(40_000);

  it(
    'sees the list for the asking, and on another working morning as a new message',
    inWorld(async (world) => {
      const cases = await leavers(world, six.slice(0, 4), nobody);
      await world.manager.sees(/4 decisions wait for you/);
      expect((await world.manager.says('approvals')).text).to.match(/4 decisions wait for you[\s\S]*Case/);
      await world.advance(72 * hour);
      const [fifth = ''] = await leavers(world, six.slice(4, 5), nobody);
      const newer = await world.manager.sees(/5 decisions wait for you/);
      await world.manager.sees(/A newer message carries this list on/);
      for (const caseId of [...cases, fifth]) expect(newer.text).to.include(`Case ${caseId}`);
    }),
  ).timeout(40_000);
});
