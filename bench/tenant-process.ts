import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DialSettings } from '#sandbox/dials';

export interface TenantProcess {
  readonly origin: string;
  /** The firm as new, with 100 ms on every request. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export const latencyMs = 100;
/** What the sandbox does unless told otherwise, and the latency. */
const dials: DialSettings = { latencyMs };

/** The simulated tenant in a process of its own, so that its work is not measured as ours. */
export async function startTenantProcess(): Promise<TenantProcess> {
  const child = startNode(['src/sandbox/cli.ts', '--port', '0', '--latency', String(latencyMs)]);
  const origin = /at (http:\S+)/.exec(await saidUntil(child, / at http:\S+\n/))?.[1] ?? '';
  const control = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${origin}/_sandbox/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
  };
  return {
    origin,
    async reset() {
      await control('reset', {});
      await control('dials', dials);
    },
    close: () => endOf(child),
  };
}

/** Starts one of our programs as `npm start` does. */
export function startNode(program: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const flags = ['--disable-warning=DEP0111', '--conditions=source', '--import', 'tsx'];
  return spawn(process.execPath, [...flags, ...program], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

export async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

async function saidUntil(child: ChildProcess, pattern: RegExp): Promise<string> {
  let said = '';
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk);
    if (pattern.test(said)) {
      child.stdout?.resume();
      return said;
    }
  }
  throw new Error(`ended without saying ${pattern}: ${said}`);
}
