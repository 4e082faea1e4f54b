import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { parse } from 'yaml';
import { policySchemaText } from '#app/cli/policy';
import { OperatorError } from '#app/operator-error';
import { loadPolicy } from '#app/policy-file';
import { groups, people } from '#sandbox/firm/ids';
import { sites } from '#sandbox/firm/sites';

const ours = 'config/policy.yaml';

describe('[unit] app/policy-file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-policy-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (...edits: readonly (readonly [string, string])[]): string => {
    const path = join(folder, 'policy.yaml');
    let text = readFileSync(ours, 'utf8');
    for (const [from, to] of edits) {
      expect(text).to.include(from);
      text = text.replace(from, to);
    }
    writeFileSync(path, text);
    return path;
  };
  const refusal = async (path: string): Promise<string> => {
    const error: unknown = await loadPolicy(path, { sandbox: false }).then(
      () => undefined,
      (e: unknown) => e,
    );
    expect(error).to.be.instanceOf(OperatorError);
    return error instanceof Error ? error.message : '';
  };
  const lineOf = (path: string, text: string): number =>
    readFileSync(path, 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1;

  it('names the simulated firm as the sandbox has it', async () => {
    const policy = await loadPolicy(ours, { sandbox: true });
    expect(policy.people.hr.id).to.equal(groups.humanResources);
    expect(policy.people.it.id).to.equal(groups.it);
    expect(policy.people.itLeadership.id).to.equal(groups.itLeadership);
    expect(policy.people.approvers.id).to.equal(groups.approvers);
    expect(policy.people.auditors.id).to.equal(groups.auditors);
    expect(policy.protectedAccounts.groups.map(({ id }) => id)).to.deep.equal([groups.protectedAccounts]);
    expect(policy.fallbackApprover).to.equal(people.priyaShah);
    expect(policy.sites.map(({ name, zone }) => [name, zone])).to.deep.equal(
      Object.values(sites).map(({ name, ianaTimeZone }) => [name, ianaTimeZone]),
    );
  });

  it('hurries in sandbox mode and nowhere else', async () => {
    const real = await loadPolicy(ours, { sandbox: false });
    const sandbox = await loadPolicy(ours, { sandbox: true });
    expect(real.verify).to.deep.equal({
      gapMs: 1000,
      firstPollMs: 2000,
      maxPollMs: 60_000,
      deadlineMs: 1_800_000,
      settleMs: 30_000,
    });
    expect(sandbox.verify).to.deep.equal({
      gapMs: 200,
      firstPollMs: 50,
      maxPollMs: 1000,
      deadlineMs: 120_000,
      settleMs: 2000,
    });
    expect(sandbox.leaver).to.deep.equal(real.leaver);
    expect(real).to.not.have.property('sandbox');
    expect(real.cards.editGapMs).to.equal(2000);
  });

  it('puts ids into lower case, as Entra answers them', async () => {
    const path = write(['fallbackApprover: a0000000', 'fallbackApprover: A0000000']);
    expect((await loadPolicy(path, { sandbox: false })).fallbackApprover).to.equal(people.priyaShah);
  });

  it('tells every mistake with its line and what is wanted', async () => {
    const path = write(
      ['autoReply:', 'autoReplay:'],
      ['Europe/Dublin', 'Europe/Dublim'],
      ['"17:30"', '"25:00"'],
      [groups.it, 'the IT group'],
      ['onSilence: take-default', 'onSilence: forget-it'],
      ['graphWidth: 8', 'graphWidth: eight'],
    );
    const said = await refusal(path);
    const expected = [
      ['autoReplay:', 'did you mean "autoReply"?'],
      ['Europe/Dublim', 'a time zone such as Europe/London is wanted'],
      ['"25:00"', 'a time such as "17:00" is wanted'],
      ['the IT group', 'an Entra object id is wanted'],
      ['forget-it', 'one of close-access, take-default, grant-signed, wait-and-escalate, lapse is wanted'],
      ['graphWidth: eight', 'a number is wanted'],
    ] as const;
    for (const [there, words] of expected) {
      const line = said.split('\n').find((candidate) => candidate.includes(words));
      expect(line, words).to.include(`${path}:${lineOf(path, there)}:`);
    }
    expect(said).to.include('"leaver.autoReply" is missing.');
  });

  it('tells what is wrong with rules, holidays and who signs', async () => {
    const path = write(
      ['holidays: GB-ENG', 'holidays: GB-XYZ'],
      [
        '  rules: []',
        '  rules: [{ id: x, when: { parts: [access] }, ask: [], need: 0, dueHours: 1, onSilence: lapse }]',
      ],
      ['closing: [hr, approvers]', 'closing: [it]'],
    );
    const said = await refusal(path);
    const expected = [
      ['GB-XYZ', 'a country, or a country and its region, is wanted'],
      ['id: x', 'one of hand-over, closing is wanted'],
      ['id: x', 'somebody to ask is wanted'],
      ['closing: [it]', 'HR and an approver have to be among those who sign'],
    ] as const;
    for (const [there, words] of expected) {
      const line = said.split('\n').find((candidate) => candidate.includes(words));
      expect(line, words).to.include(`${path}:${lineOf(path, there)}:`);
    }
  });

  it('wants the default site among the sites', async () => {
    const path = write(['defaultSite: London', 'defaultSite: Londn']);
    expect(await refusal(path)).to.include(
      `${path}:${lineOf(path, 'Londn')}: "defaultSite": the name of one of the sites`,
    );
  });

  it('checks the sandbox section even where it does not count', async () => {
    expect(await refusal(write(['gapMs: 200\n', 'gapMs: -1\n']))).to.include(
      '"sandbox.verify.gapMs": 0 or more is wanted',
    );
  });

  it('says where a file is no YAML, is empty, or is not there', async () => {
    expect(await refusal(write(['people:', 'people: [']))).to.match(/no YAML: .*policy\.yaml:\d+:/);
    const empty = join(folder, 'empty.yaml');
    writeFileSync(empty, '');
    expect(await refusal(empty)).to.include('"people" is missing');
    expect(await refusal(join(folder, 'none.yaml'))).to.include('POLICY_FILE');
  });

  it('[structure] the schema for editors is fresh, named by the file, and takes it', () => {
    const text = readFileSync('config/policy.schema.json', 'utf8');
    expect(text, 'run: npx latchkey policy --write-schema config/policy.schema.json').to.equal(policySchemaText());
    const yaml = readFileSync(ours, 'utf8');
    expect(yaml.split('\n')[0]).to.equal('# yaml-language-server: $schema=policy.schema.json');
    const ajv = new Ajv({ strict: false });
    addFormats.default(ajv);
    const valid = ajv.compile(JSON.parse(text));
    expect(valid(parse(yaml)), JSON.stringify(valid.errors)).to.equal(true);
    expect(valid({ ...parse(yaml), surprise: 1 })).to.equal(false);
  });
});
