import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { people } from '#sandbox/firm/ids';
import { startSandbox } from '#sandbox/start-sandbox';
import { type Journal, readJournal } from './read-journal.js';
import { type ShownMessage, startRecordingChat } from './recording-chat.js';
import { startTenantProxy } from './tenant-proxy.js';
import { type WorkerSettings, workerReport } from './worker-settings.js';

/** Where the first worker dies: around its n-th committing write, or around the n-th request that changes the tenant. */
export interface Kill {
  readonly around: 'journal' | 'request';
  readonly n: number;
  readonly moment: 'before' | 'after';
}

/** One leaver from the request to the last card, whatever died on the way, as the world around the worker shows it. */
export interface Life {
  readonly killed: boolean;
  /** Of the last process. */
  readonly journalWrites: number;
  readonly tenantWrites: readonly string[];
  readonly tenantDigest: string;
  readonly messages: readonly ShownMessage[];
  readonly journal: Journal;
}

/** Little lag and short waits, in the proportions of the policy: what is tested is the order of things, not patience. */
const dials = {
  latencyMs: 4,
  lagMs: 30,
  indexLagMs: 10,
  exchangeLagMs: 40,
  dynamicGroupLagMs: 80,
  licenceLagMs: 60,
  mailboxLagMs: 20,
};
const hurried = {
  verify: { gapMs: 60, firstPollMs: 20, maxPollMs: 200, deadlineMs: 60_000, settleMs: 500 },
  run: { backoffMs: 50 },
};
/** Less than the lease and the hold that a killed worker leaves behind, were the next one to wait for them. */
const longestLifeMs = 50_000;

export async function live(kill?: Kill): Promise<Life> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-faults-'));
  const sandbox = await startSandbox({ port: 0, dials });
  const proxy = await startTenantProxy(sandbox.origin);
  const chat = await startRecordingChat();
  try {
    const settings: WorkerSettings = {
      tenantOrigin: proxy.origin,
      tenantId: sandbox.tenantId,
      chatOrigin: chat.origin,
      folder,
      policyFile: await writePolicy(folder),
      hr: people.danaReyes,
      manager: people.morganLee,
      leaver: people.alexMorgan,
      ...(kill?.around === 'journal' ? { killAt: { n: kill.n, moment: kill.moment } } : {}),
    };
    const armed = kill?.around === 'request' ? kill : undefined;
    const first = await work(settings, (strike) => armed && proxy.arm(armed.n, armed.moment, strike));
    const { killAt: _once, ...again } = settings;
    const last = first ?? (await work(again));
    if (!last) throw new Error('the second worker was killed, by nobody here');
    return {
      killed: first === undefined,
      journalWrites: last.writes,
      tenantWrites: proxy.writes(),
      tenantDigest: await settledDigest(sandbox.origin),
      messages: chat.messages(),
      journal: await readJournal(folder, sandbox.tenantId),
    };
  } finally {
    await Promise.all([chat.close(), proxy.close()]);
    await sandbox.close();
    await rm(folder, { recursive: true });
  }
}

/** Runs one worker to its end. Undefined: it was killed. Throws when it failed or hung. */
async function work(
  settings: WorkerSettings,
  arm: (strike: () => void) => void = () => undefined,
): Promise<{ readonly writes: number } | undefined> {
  const entry = new URL('worker-process.ts', import.meta.url).pathname;
  const flags = ['--conditions=source', '--import', 'tsx', entry, JSON.stringify(settings)];
  const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'pipe'] });
  const hung = setTimeout(() => child.kill('SIGTERM'), longestLifeMs);
  arm(() => child.kill('SIGKILL'));
  let said = '';
  let complained = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    complained += chunk;
  });
  const [code, signal] = await once(child, 'close');
  clearTimeout(hung);
  if (signal === 'SIGKILL') return undefined;
  if (code !== 0) throw new Error(`the worker ended with ${code ?? signal}: ${said} ${complained.slice(-3000)}`);
  return workerReport.parse(JSON.parse(said));
}

async function writePolicy(folder: string): Promise<string> {
  const policy = parse(await readFile(new URL('../../config/policy.yaml', import.meta.url), 'utf8'));
  const file = join(folder, 'policy.yaml');
  await writeFile(file, stringify({ ...policy, sandbox: hurried, cards: { editGapMs: 50 } }));
  return file;
}

/** The tenant goes on by itself for a moment: licences follow groups, mailboxes follow licences. */
async function settledDigest(origin: string): Promise<string> {
  for (let before = ''; ; ) {
    const { sha256 } = (await (await fetch(`${origin}/_sandbox/digest`)).json()) as { readonly sha256: string };
    if (sha256 === before) return sha256;
    before = sha256;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
