import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { graphAppRoles } from '#sandbox/firm/graph-app-roles';
import { people, tenantId } from '#sandbox/firm/ids';
import { startSandbox } from '#sandbox/start-sandbox';
import { leaver } from '#workflows/leaver';
import { cliAgainstSandbox } from './cli-fixture.js';

describe('[contract] app/cli/doctor', () => {
  const fixture = cliAgainstSandbox();
  const { run } = fixture;

  it('finds nothing missing in the simulated firm', async () => {
    const { code, out } = await run(['doctor']);
    expect(out).to.not.include('MISSING');
    expect(code).to.equal(0);
    expect(out).to.match(/ok +people\.hr: Human Resources, \d+ who can sign in/);
    expect(out).to.include('fallbackApprover: Priya Shah');
  });

  it('names a permission that is not granted, what needs it, and how to grant it', async () => {
    await fixture.dials({
      withheldAppRoles: ['User.RevokeSessions.All', 'User.ReadWrite.All', 'Exchange.ManageAsApp'],
    });
    const { code, out } = await run(['doctor']);
    expect(code).to.equal(1);
    const lines = out.split('\n').filter((line) => line.startsWith('MISSING'));
    expect(lines).to.have.length(2);
    expect(lines[1])
      .to.include('User.RevokeSessions.All')
      .and.include('77f3a031-c388-4f99-b373-dc68676a979e')
      .and.include('users.revoke-sign-in-sessions')
      .and.include('App registrations > Latchkey > API permissions')
      .and.include('Grant admin consent');
    expect(lines[0]).to.include('Exchange.ManageAsApp').and.include('Office 365 Exchange Online');
  });

  it('lists everything when nothing is granted, not even looking', async () => {
    const refused = { path: '/v1.0/servicePrincipals', status: 403, code: 'Authorization_RequestDenied', count: null };
    const all = [...graphAppRoles.map(([name]) => name), 'Exchange.ManageAsApp'];
    await fixture.dials({ withheldAppRoles: all, faults: [refused] });
    const { code, out } = await run(['doctor']);
    expect(code).to.equal(1);
    for (const name of leaver.steps.flatMap(({ step }) => step.permissions))
      expect(out).to.include(`Permission ${name} (`);
    expect(out).to.include('MISSING Directory role User Administrator').and.include('role Exchange Administrator');
  });

  it('says when Exchange runs nothing for us, and when nobody is behind a group or an id', async () => {
    await fixture.dials({ exchangeRoleTooLow: true });
    const path = join(fixture.folder(), 'policy.yaml');
    const text = readFileSync('config/policy.yaml', 'utf8');
    writeFileSync(
      path,
      text
        .replace('b0000000-0000-4000-8000-000000000002', 'b0000000-0000-4000-8000-0000000000ff')
        .replace(people.priyaShah, people.disabledByHand),
    );
    const { code, out } = await run(['doctor'], { POLICY_FILE: path, IT_CHANNEL_ID: 'it' });
    expect(code).to.equal(1);
    expect(out).to.match(/MISSING Exchange cmdlets .*Get-Mailbox/);
    expect(out).to.match(/MISSING people\.it: there is no group b0000000-0000-4000-8000-0000000000ff/);
    expect(out).to.match(/MISSING fallbackApprover: .* cannot sign in/);
  });

  it('asks for reading alone in observe mode', async () => {
    const { out } = await run(['doctor'], {
      LATCHKEY_MODE: 'observe',
      AZURE_TENANT_ID: tenantId,
      AZURE_CLIENT_ID: '1a7c4e8d-0000-4000-8000-00000000a1b2',
      AZURE_CLIENT_SECRET: 'simulated',
      EXCHANGE_BASE_URL: fixture.origin(),
      LOGIN_BASE_URL: fixture.origin(),
    });
    expect(out).to.include('Nothing is missing').and.include('note    IT_CHANNEL_ID');
  });

  it('says that the tenant does not answer, and what that hinders', async () => {
    const closed = await startSandbox({ port: 0 });
    await closed.close();
    const { code, out } = await run(['doctor'], { GRAPH_BASE_URL: closed.origin });
    expect(code).to.equal(1);
    expect(out).to.match(/MISSING The tenant: could not be looked at/);
  });
});
