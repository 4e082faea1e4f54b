import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCli } from '#app/cli';
import { loadConfig } from '#app/config';
import { type Sandbox, startSandbox } from '#sandbox/start-sandbox';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CliFixture {
  readonly origin: () => string;
  /** For files of one test; deleted after it. */
  readonly folder: () => string;
  readonly dials: (dials: object) => Promise<void>;
  /** Runs one command with these settings on top of the sandbox's. */
  readonly run: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ran>;
}

/** The CLI against a simulated tenant of its own, which every test finds as new. */
export function cliAgainstSandbox(): CliFixture {
  let sandbox: Sandbox;
  let folder: string;
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    expect((await fetch(`${sandbox.origin}/_sandbox/${path}`, init)).status).to.equal(200);
  };
  before(async () => {
    sandbox = await startSandbox({ port: 0, dials: { lagMs: 0 } });
  });
  after(() => sandbox.close());
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-cli-'));
    await post('reset', {});
    await post('dials', { withheldAppRoles: [], faults: [], exchangeRoleTooLow: false });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return {
    origin: () => sandbox.origin,
    folder: () => folder,
    dials: (dials) => post('dials', dials),
    async run(args, env = {}) {
      const printed: string[] = [];
      const complained: string[] = [];
      const all = { GRAPH_BASE_URL: sandbox.origin, SIGNING_KEY_FILE: join(folder, 'key.pem'), ...env };
      const code = await runCli(args, {
        config: () => loadConfig(all, { envFolder: 'env' }),
        print: (line) => printed.push(line),
        complain: (line) => complained.push(line),
      });
      return { code, out: printed.join('\n'), err: complained.join('\n') };
    },
  };
}
