import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The product as a newcomer starts it: `npm start`, nothing configured but where it keeps its files. */
export interface Product {
  /** The line it tells the newcomer to type. */
  readonly firstLine: string;
  /** Everything it has printed. */
  said(): string;
  stop(): Promise<void>;
}

export const ports = { hr: 56150, manager: 56151, it: 56152, tenant: 4010 } as const;

const root = fileURLToPath(new URL('../../', import.meta.url));
const startMs = 120_000;
const stopMs = 15_000;

/** Resolves when it says that it is ready; throws with what it said when it ends or stays silent instead. */
export async function startProduct(): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-e2e-'));
  // Its own process group, so that the playgrounds end with it whatever happens to the parent in between.
  const child = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    env: {
      ...process.env,
      DATABASE_URL: `sqlite:${join(folder, 'latchkey.db')}`,
      SEALING_KEY_FILE: join(folder, 'sealing.key'),
      SIGNING_KEY_FILE: join(folder, 'signing.key'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const signal = (name: NodeJS.Signals) => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, name);
  };
  const killNow = () => signal('SIGKILL');
  process.once('exit', killNow);

  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      const force = setTimeout(killNow, stopMs);
      signal('SIGTERM');
      await gone;
      clearTimeout(force);
    }
    process.off('exit', killNow);
    rmSync(folder, { recursive: true, force: true });
  };

  const ready = new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not ready after ${startMs} ms:\n${said}`)), startMs);
    const read = (chunk: Buffer) => {
      said += chunk.toString('utf8');
      if (!said.includes('Stop with Ctrl+C.')) return;
      clearTimeout(late);
      resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`npm start ended with ${code}:\n${said}`));
    });
  });
  try {
    await ready;
    const firstLine = /^ {2}(leaver .+)$/m.exec(said)?.[1];
    if (firstLine === undefined) throw new Error(`it does not say what to type first:\n${said}`);
    return { firstLine, said: () => said, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
