import { expect } from 'chai';
import { people } from '#sandbox/firm/ids';
import { cliAgainstSandbox } from './cli-fixture.js';

describe('[contract] app/cli/plan', () => {
  const fixture = cliAgainstSandbox();
  const { run } = fixture;
  const digest = async (): Promise<string> => (await fetch(`${fixture.origin()}/_sandbox/digest`)).text();

  it('prints in groups what a leaver would change, and changes nothing', async () => {
    const before = await digest();
    const { code, out } = await run(['plan', 'leaver', 'Alex', 'Morgan']);
    expect(code, out).to.equal(0);
    for (const said of [
      'Manager and delegate: Morgan Lee',
      '\nSign-in\n',
      '\nAccess\n',
      '\nMail\n',
      '\nLicences\n',
      'Leaves Sales UK',
    ])
      expect(out).to.include(said);
    expect(out.match(/\[destructive\]/g)).to.have.length(3);
    expect(await digest()).to.equal(before);
    const log = (await (await fetch(`${fixture.origin()}/_sandbox/log`)).json()) as unknown;
    expect(JSON.stringify(log)).to.match(/"method":"GET"/);
    expect(JSON.stringify(log)).to.not.match(/"method":"(PATCH|DELETE|PUT)"/);
  });

  it('asks which of two people with one name', async () => {
    const { code, err } = await run(['plan', 'leaver', 'Jordan Taylor']);
    expect(code).to.equal(1);
    expect(err).to.include('jordan.taylor@northwind.example').and.include('jordan.taylor@dublin.northwind.example');
  });

  it('refuses a stranger and a kind that is not there, and marks a protected account', async () => {
    expect((await run(['plan', 'leaver', 'Nobody Here'])).err).to.include('Entra knows nobody as "Nobody Here"');
    expect((await run(['plan', 'joiner', 'x'])).err).to.include('known is leaver');
    const { code, out } = await run(['plan', 'leaver', people.breakGlass]);
    expect(code).to.equal(1);
    expect(out).to.include('no case would be opened');
  });

  it('names the steps that could not be planned and what they need', async () => {
    await fixture.dials({ exchangeRoleTooLow: true });
    const { code, out } = await run(['plan', 'leaver', people.alexMorgan]);
    expect(code).to.equal(1);
    expect(out).to.match(/Could not be planned\n.*mailbox\.clear-forwarding: .*needs Exchange\.ManageAsApp/s);
    expect(out).to.include('Sign-in is blocked');
  });
});
