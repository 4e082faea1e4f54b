import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';

export interface PlaygroundProcess {
  /** Resolves when the process is gone. */
  close(): Promise<void>;
}

export interface PlaygroundLaunch {
  readonly seat: string;
  readonly port: number;
  /** Holds the `.m365agentsplayground.yml`; its log goes here too. */
  readonly folder: string;
  readonly botEndpoint: string;
  /** What of this process's environment the child gets; none of its secrets are needed there. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
}

const closeMs = 3000;
/** The playground does not notice when its parent is killed; this makes the closed channel end it, so that its port is free again. */
const endWithParent = 'data:text/javascript,process.on("disconnect",()=>process.exit(0))';

/** Where the package's command is. Throws with what to do when it is not installed. */
export function playgroundCommand(): string {
  try {
    return createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
  } catch (cause) {
    throw new Error(
      'The Agents Playground is not installed (npm ci without --omit=dev brings it). Install it, or set PLAYGROUND=off.',
      { cause },
    );
  }
}

/** Throws when something listens there: the playground would quietly take another port, and its addresses would be wrong. */
export async function checkPortFree(port: number, seat: string): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(port);
    await once(probe, 'listening');
  } catch (cause) {
    throw new Error(`Port ${port}, for the ${seat} playground, is taken. Stop what uses it, or set PLAYGROUND=off.`, {
      cause,
    });
  }
  probe.close();
  await once(probe, 'close');
}

/** Starts one playground and resolves when its page answers. */
export async function launchPlayground(launch: PlaygroundLaunch): Promise<PlaygroundProcess> {
  const { port, seat } = launch;
  const child = spawn(
    process.execPath,
    [
      '--import',
      endWithParent,
      playgroundCommand(),
      '-e',
      launch.botEndpoint,
      '-p',
      String(port),
      '--disable-telemetry',
    ],
    {
      cwd: launch.folder,
      env: { ...launch.env, TEAMSAPPTESTER_BROWSER: 'none' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  // Nothing is said over the channel; it must not keep this process alive either.
  child.unref();
  child.channel?.unref();
  const close = () => end(child);
  try {
    const said = await listening(child, launch.timeoutMs);
    if (said !== port) throw new Error(`it listens on ${said} instead`);
    await answering(port, launch.timeoutMs);
    child.stdout?.resume();
    child.stderr?.resume();
    return { close };
  } catch (cause) {
    await close();
    throw new Error(`The ${seat} playground did not start on port ${port}: ${String(cause)}`, { cause });
  }
}

/** The port it says it listens on. */
function listening(child: ChildProcess, timeoutMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-4000);
      const port = /Listening on (\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${said.trim()}`)));
    AbortSignal.timeout(timeoutMs).addEventListener('abort', () =>
      reject(new Error(`nothing after ${timeoutMs} ms: ${said}`)),
    );
  });
}

function answering(port: number, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path: '/', signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      response.resume();
      if (response.statusCode === 200) resolve();
      else reject(new Error(`its page answered ${response.statusCode}`));
    });
    request.once('error', reject);
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const force = AbortSignal.timeout(closeMs);
  force.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });
  await gone;
}
