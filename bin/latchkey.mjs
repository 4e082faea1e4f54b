#!/usr/bin/env node
// There is no build step: Node is started once more with the condition that picks the sources, and with tsx to read them.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cli = new URL('../src/app/cli-entry.ts', import.meta.url);
const child = spawn(
  process.execPath,
  [
    '--disable-warning=DEP0111',
    '--conditions=source',
    '--import',
    import.meta.resolve('tsx'),
    fileURLToPath(cli),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('error', (error) => {
  process.stderr.write(`latchkey could not be started: ${error.message}\n`);
  process.exitCode = 1;
});
child.once('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
});
