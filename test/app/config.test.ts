import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'dotenv';
import { loadConfig } from '#app/config';
import { OperatorError } from '#app/operator-error';
import { settings } from '#app/settings';

const tenant = '6f0a1c2e-5b7d-4e9a-8c31-0d2f4b6a8e10';
const client = '1a7c4e8d-0000-4000-8000-00000000a1b2';
const production = {
  LATCHKEY_MODE: 'production',
  AZURE_TENANT_ID: tenant.toUpperCase(),
  AZURE_CLIENT_ID: client,
  AZURE_CLIENT_SECRET: 'hush',
};

describe('[unit] app/config', () => {
  let envFolder: string;
  beforeEach(() => {
    envFolder = mkdtempSync(join(tmpdir(), 'latchkey-env-'));
  });
  afterEach(() => rmSync(envFolder, { recursive: true }));

  const load = (env: Record<string, string>) => loadConfig(env, { envFolder });
  const refusal = (env: Record<string, string>): string => {
    try {
      load(env);
    } catch (error) {
      expect(error).to.be.instanceOf(OperatorError);
      return error instanceof Error ? error.message : '';
    }
    throw new Error('was accepted');
  };

  it('is a sandbox on loopback when nothing is configured', () => {
    const config = load({});
    expect(config).to.include({ mode: 'sandbox', host: '127.0.0.1', port: 3978, policyFile: 'config/policy.yaml' });
    expect(config.database).to.deep.equal({ kind: 'sqlite', path: 'data/latchkey.db' });
    expect(config.sandbox).to.deep.equal({ port: 4010, playground: true });
    expect(config.tenant).to.not.have.property('origins');
    expect(config.bot).to.not.have.property('appId');
  });

  it('lets the environment beat .env.<mode>.user, and that .env.<mode>', () => {
    writeFileSync(join(envFolder, '.env.sandbox'), 'PORT=1001\nSANDBOX_PORT=1002\nIT_CHANNEL_ID=it\n');
    writeFileSync(join(envFolder, '.env.sandbox.user'), 'SANDBOX_PORT=2002\nIT_CHANNEL_ID=it-user\n');
    const config = load({ IT_CHANNEL_ID: 'it-process', PORT: '' });
    expect(config.port).to.equal(1001);
    expect(config.sandbox.port).to.equal(2002);
    expect(config.bot.itChannelId).to.equal('it-process');
  });

  it('takes one origin for all three in sandbox mode, and starts none then', () => {
    const config = load({ GRAPH_BASE_URL: 'http://127.0.0.1:4010/' });
    expect(config.tenant.origins).to.deep.equal({
      graph: 'http://127.0.0.1:4010',
      exchange: 'http://127.0.0.1:4010',
      login: 'http://127.0.0.1:4010',
    });
  });

  it('never speaks to a real tenant in sandbox mode, nor unverified beyond this machine', () => {
    expect(refusal({ GRAPH_BASE_URL: 'https://graph.microsoft.com' })).to.match(
      /GRAPH_BASE_URL .* LATCHKEY_MODE=observe/,
    );
    expect(refusal({ HOST: '0.0.0.0' })).to.include('MicrosoftAppId');
    expect(load({ HOST: '0.0.0.0', MicrosoftAppId: client }).host).to.equal('0.0.0.0');
  });

  it('takes a heartbeat over https, or http on this machine, and never shows its address', () => {
    expect(load(production).heartbeat).to.deep.equal({ everyMs: 60_000 });
    const beating = { ...production, HEARTBEAT_URL: 'https://monitor.example/ping/hush', HEARTBEAT_SECONDS: '30' };
    expect(load(beating).heartbeat).to.deep.equal({ url: 'https://monitor.example/ping/hush', everyMs: 30_000 });
    expect(load({ HEARTBEAT_URL: 'http://127.0.0.1:9/ping' }).heartbeat.url).to.equal('http://127.0.0.1:9/ping');
    const far = refusal({ ...production, HEARTBEAT_URL: 'http://monitor.example/ping/hush' });
    expect(far).to.include('HEARTBEAT_URL must be an https address').and.not.include('monitor.example');
    expect(refusal({ HEARTBEAT_URL: 'https://monitor.example/ping' })).to.include('nothing leaves it in sandbox mode');
    expect(refusal({ HEARTBEAT_SECONDS: '0' })).to.include('HEARTBEAT_SECONDS must be');
  });

  it('wants to be told what it may do in a real tenant', () => {
    expect(refusal({ AZURE_TENANT_ID: tenant })).to.include('LATCHKEY_MODE');
    expect(refusal({ LATCHKEY_MODE: 'live' })).to.include('sandbox, observe or production');
    expect(load({ LATCHKEY_MODE: 'sandbox', AZURE_TENANT_ID: tenant }).mode).to.equal('sandbox');
  });

  it('reads production with the worldwide cloud as default, ids in lower case', () => {
    const config = load(production);
    expect(config).to.include({ mode: 'production', host: '0.0.0.0' });
    expect(config.tenant).to.deep.equal({
      tenantId: tenant,
      clientId: client,
      secret: 'hush',
      managedIdentity: false,
      origins: {
        graph: 'https://graph.microsoft.com',
        exchange: 'https://outlook.office365.com',
        login: 'https://login.microsoftonline.com',
      },
    });
    expect(config.sandbox.playground).to.equal(false);
    expect(config.bot.connectorServiceUrl).to.equal('https://smba.trafficmanager.net/teams/');
  });

  it('refuses http in production, even on loopback; observe may look at a simulated tenant', () => {
    const plain = { ...production, GRAPH_BASE_URL: 'http://127.0.0.1:4010' };
    expect(refusal(plain)).to.match(/GRAPH_BASE_URL .* https only/);
    expect(load({ ...plain, LATCHKEY_MODE: 'observe' }).tenant.origins?.graph).to.equal('http://127.0.0.1:4010');
    expect(refusal({ ...plain, LATCHKEY_MODE: 'observe', GRAPH_BASE_URL: 'http://proxy.example' })).to.include(
      'https only',
    );
  });

  it('says every mistake at once, and never a secret', () => {
    const said = refusal({
      LATCHKEY_MODE: 'production',
      PORT: '70000',
      MicrosoftAppType: 'Single',
      GRAPH_BASE_URL: 'https://graph.microsoft.com/v1.0',
      DATABASE_URL: 'mysql://user:hush@host/db',
      AZURE_TENANT_ID: 'contoso',
    });
    for (const name of [
      'PORT',
      'MicrosoftAppType',
      'GRAPH_BASE_URL',
      'DATABASE_URL',
      'AZURE_TENANT_ID',
      'AZURE_CLIENT_ID',
    ])
      expect(said).to.include(`- ${name}`);
    expect(said).to.include('No credential').and.not.include('hush');
  });

  it('knows the types of bot in any case', () => {
    expect(load({ ...production, MicrosoftAppType: 'userassignedmsi' }).bot.appType).to.equal('UserAssignedMsi');
  });

  it('takes a managed identity instead of a secret', () => {
    const config = load({ LATCHKEY_MODE: 'production', AZURE_TENANT_ID: tenant, AZURE_MANAGED_IDENTITY: 'on' });
    expect(config.tenant).to.include({ managedIdentity: true, clientId: '' });
  });
});

describe('[structure] env', () => {
  const read = (file: string) => readFileSync(join('env', file), 'utf8');

  it('.env.example has every setting, each with a line that says what it is', () => {
    const lines = read('.env.example').split('\n');
    const named = lines.flatMap((line, at) =>
      /^\w+=/.test(line) ? [{ name: line.split('=')[0], above: lines[at - 1] }] : [],
    );
    expect(named.map(({ name }) => name).sort()).to.deep.equal(Object.keys(settings).sort());
    for (const { name, above } of named) expect(above, name).to.match(/^# \S/);
  });

  it('committed files name known settings only, hold no secret, and the sandbox loads', () => {
    for (const file of ['.env.sandbox', '.env.production.example'])
      for (const name of Object.keys(parse(read(file)))) expect(Object.keys(settings), file).to.include(name);
    expect(parse(read('.env.production.example'))).to.not.have.any.keys('AZURE_CLIENT_SECRET', 'MicrosoftAppPassword');
    expect(loadConfig({}, { envFolder: 'env' }).tenant.clientId).to.equal(client);
    expect(readdirSync('env')).to.include('.env.example');
  });
});
