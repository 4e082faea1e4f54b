import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { runCli } from '#app/cli';
import { knownPermissions } from '#app/cli/known-permissions';
import { permissionsPage } from '#app/cli/permissions';
import { graphAppRoles } from '#sandbox/firm/graph-app-roles';
import { leaver } from '#workflows/leaver';

describe('[unit] app/cli', () => {
  const run = async (args: readonly string[]) => {
    const complained: string[] = [];
    const code = await runCli(args, {
      config: () => {
        throw new Error('no settings are needed for this');
      },
      print: () => undefined,
      complain: (line) => complained.push(line),
    });
    return { code, err: complained.join('\n') };
  };

  it('answers a wrong command with 2, help with 0', async () => {
    expect((await run(['doctr'])).err).to.include('Did you mean doctor?');
    expect((await run(['doctr'])).code).to.equal(2);
    expect((await run(['--help'])).code).to.equal(0);
  });
});

describe('[structure] docs/permissions.md', () => {
  it('is what the steps say', () => {
    expect(readFileSync('docs/permissions.md', 'utf8'), 'run: npx latchkey permissions').to.equal(
      permissionsPage([leaver]),
    );
    for (const { step } of leaver.steps) expect(permissionsPage([leaver])).to.include(`| \`${step.id}\` |`);
  });

  it('gives the app role ids of the real service', () => {
    const real = new Map(graphAppRoles);
    for (const [name, { api, appRoleId, within }] of Object.entries(knownPermissions)) {
      if (api === 'Microsoft Graph') expect(real.get(name), name).to.equal(appRoleId);
      expect(within, name).to.not.include(name);
    }
  });
});
