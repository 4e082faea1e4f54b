import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse, stringify } from 'yaml';
import { firmGroups, ids } from './firm.js';
import { requestLeaver } from './requests.js';
import { inWorld, type World } from './world.js';

/** Somebody edits the policy file on the machine. */
function edit(world: World, change: (policy: PolicyText) => void): void {
  const policy = parse(readFileSync(world.policyFile, 'utf8')) as PolicyText;
  change(policy);
  writeFileSync(world.policyFile, stringify(policy));
}

interface PolicyText {
  people: Record<string, { id: string; name: string }>;
  leaver: { handOver: { onSilence: string }; delegateDays: number };
  [key: string]: unknown;
}

const escalate = (policy: PolicyText) => {
  policy.leaver.handOver.onSilence = 'wait-and-escalate';
};

/** What silence will do to the hand-over of somebody asked for now: what the rules in force say. */
async function onSilence(world: World, person: string): Promise<string | undefined> {
  const caseId = await requestLeaver(world.hr, `${person} on 2026-12-18 17:00`);
  await world.until(async () => (await world.caseState(caseId)).parts.length > 0, `${caseId} is planned`);
  const { parts } = await world.caseState(caseId);
  return parts
    .find(({ partId }) => partId === 'hand-over')
    ?.requirements.find(({ requirementId }) => /manager|hand/.test(requirementId))?.onSilence;
}

const known = (world: World, pattern: RegExp) =>
  world.until(async () => pattern.test((await world.evidence('house')).join(' ')), `the house has ${pattern}`);

describe('[story] changed rules', () => {
  it(
    'count only once somebody who may has signed what differs, and then at once',
    inWorld(async (world) => {
      const priya = world.person(ids.priya);
      edit(world, escalate);
      const asked = await priya.sees(/The rules have changed: sign them/);
      expect(asked.text).to.include('leaver.handOver.onSilence');
      expect(asked.text).to.include('take-default → wait-and-escalate');
      expect(asked.text).to.include('What happens when the manager has not decided by then.');
      expect(await onSilence(world, 'alex.morgan@northwind.example')).to.equal('take-default');

      const signed = await priya.clicks('Approve', {}, asked);
      expect(signed.text).to.match(/Priya Shah signed them/);
      expect(await onSilence(world, ids.carlos)).to.equal('wait-and-escalate');
      // Whoever else was asked sees it in the message they have, and the channel names nobody.
      await world.it.sees(/Priya Shah signed them/);
      const channel = await world.it.channel.sees(/The changed rules are in force/);
      expect(channel.text).not.to.match(/Priya|onSilence/);
      const rows = await world.evidence('house');
      expect(rows.filter((type) => type.startsWith('policy.') && type !== 'policy.shown')).to.deep.equal([
        'policy.adopted',
        'policy.proposed',
        'policy.signed',
      ]);

      await world.restart();
      expect((await world.hr.says('policy')).text).to.match(/In force since .*, signed by Priya Shah/);
    }),
  );

  it(
    'stay as they were when somebody rejects them, and the same file is not asked about again',
    inWorld(async (world) => {
      const priya = world.person(ids.priya);
      edit(world, escalate);
      const asked = await priya.sees(/sign them/);
      const rejected = await priya.clicks('Reject', { reason: 'Nobody told me about this' }, asked);
      expect(rejected.text).to.match(/Priya Shah rejected them, .*: Nobody told me about this/);
      await world.restart();
      expect((await world.hr.says('policy')).text).to.match(/The rules in force[\s\S]*first started/);
      expect(await onSilence(world, 'alex.morgan@northwind.example')).to.equal('take-default');
      expect((await world.evidence('house')).filter((type) => type === 'policy.proposed')).to.have.length(1);
    }),
  );

  it(
    'are nothing to sign for HR, by button or by text, and by text only what was shown is signed',
    inWorld(async (world) => {
      edit(world, escalate);
      await world.person(ids.priya).sees(/sign them/);
      const shown = await world.hr.says('policy');
      expect(shown.text).to.match(/The rules have changed[\s\S]*take-default → wait-and-escalate/);
      expect((await world.hr.says('sign policy')).text).to.match(/not yours to sign/);

      // Sam saw the first change; the file moves on before he signs.
      await world.it.sees(/sign them/);
      edit(world, (policy) => {
        policy.leaver.delegateDays = 90;
      });
      await known(world, /policy.withdrawn/);
      await world.it.sees(/taken back/);
      await world.it.sees(/leaver.delegateDays[\s\S]*30 → 90/);
      const forged = await world.it.forges('sign-policy', { policyHash: '0'.repeat(64) });
      expect(forged.text).to.match(/does not wait for a signature any more/);
      expect((await world.it.says('sign policy')).text).to.match(/Sam Okoro signed them/);
      expect((await world.hr.says('policy')).text).to.match(/signed by Sam Okoro/);
    }),
  );

  it(
    'tell what Entra calls a group whose id was exchanged under an unchanged name, and end when the file is put back',
    inWorld(async (world) => {
      const before = readFileSync(world.policyFile, 'utf8');
      edit(world, (policy) => {
        policy.people['approvers'] = { id: firmGroups.it, name: 'Latchkey Approvers' };
      });
      const asked = await world.person(ids.priya).sees(/sign them/);
      expect(asked.text).to.include(`→ IT (${firmGroups.it}), called Latchkey Approvers in the file`);
      writeFileSync(world.policyFile, before);
      await world.person(ids.priya).sees(/The changed rules were taken back/);
      const late = await world.person(ids.priya).forges('sign-policy', hashOf(asked.card));
      expect(late.text).to.match(/does not wait for a signature any more[\s\S]*first started/);
    }),
  );

  it(
    'stop nothing when the file is broken, while running or at a start, and IT is told until it is mended',
    inWorld(async (world) => {
      const before = readFileSync(world.policyFile, 'utf8');
      await known(world, /process.started/);
      writeFileSync(world.policyFile, 'people: nobody\n');
      const told = await world.it.channel.sees(/The policy file cannot be used/);
      expect(told.text).to.match(/"people": a group of settings is wanted/);
      await world.restart();
      expect(await onSilence(world, 'alex.morgan@northwind.example')).to.equal('take-default');
      writeFileSync(world.policyFile, before);
      await world.it.channel.sees(/can be read again/);
      expect(world.it.channel.messages().filter(({ text }) => /policy file/.test(text))).to.have.length(1);
    }),
  );
});

function hashOf(card: object): Record<string, string> {
  const hash = /"policyHash":"([0-9a-f]{64})"/.exec(JSON.stringify(card))?.[1];
  if (!hash) throw new Error('the card carries no hash');
  return { policyHash: hash };
}
