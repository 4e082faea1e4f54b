import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { firmGroups, ids } from './firm.js';
import { hour } from './requests.js';
import { inWorld, type World } from './world.js';

const join = (world: World, userId: string) =>
  world.tenant.graph('POST', `/groups/${firmGroups.approvers}/members/$ref`, {
    '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${userId}`,
  });

describe('[story] somebody joins those who decide', () => {
  it(
    'the others are told, the newcomer is not, and what is elevated waits a day for them',
    inWorld(async (world) => {
      await world.until(
        async () => (await world.evidence('house')).filter((t) => t === 'deciders.known').length === 4,
        'the groups are known',
      );
      await world.restart(() => join(world, ids.chloe));
      const told = await world.person(ids.robert).sees(/joined Latchkey Approvers/);
      expect(told.text).to.match(/They decide nothing elevated before Sat 21 Nov 2026 at \d\d:\d\d \(London\)/);
      expect(told.summary).to.equal('Somebody joined Latchkey Approvers');
      expect(await world.houseData('decider.joined')).to.deep.equal([{ role: 'approvers', userId: ids.chloe }]);
      expect(world.person(ids.chloe).everything()).not.to.include('joined Latchkey');
      expect(world.it.channel.everything()).not.to.include('joined Latchkey');

      await world.restart(() =>
        world.tenant.graph('DELETE', `/groups/${firmGroups.approvers}/members/${ids.chloe}/$ref`),
      );
      await world.person(ids.robert).sees(/is not in Latchkey Approvers any more/);
      expect(await world.houseData('decider.left')).to.deep.equal([{ role: 'approvers', userId: ids.chloe }]);
    }),
  );

  it(
    'and cannot sign changed rules before the day is over',
    inWorld(async (world) => {
      const chloe = world.person(ids.chloe);
      await world.until(async () => (await world.evidence('house')).includes('deciders.known'), 'the groups are known');
      await world.restart(async () => {
        await join(world, ids.chloe);
        const text = readFileSync(world.policyFile, 'utf8');
        writeFileSync(world.policyFile, text.replace('delegateDays: 30', 'delegateDays: 60'));
      });
      const early = await chloe.sees(/you can sign from Sat 21 Nov 2026/);
      const hash = (await world.houseData('policy.proposed'))[0]?.['hash'];
      expect(early.card).not.to.have.nested.property('actions');
      expect((await chloe.forges('sign-policy', { policyHash: String(hash) })).text).to.match(
        /joined a short while ago/,
      );
      expect((await chloe.says('sign policy')).text).to.match(/joined a short while ago/);
      expect(await world.evidence('house')).not.to.include('policy.signed');

      await world.advance(25 * hour);
      expect((await chloe.says('sign policy')).text).to.match(/Chloe \S+ signed them/);
    }),
  );
});
