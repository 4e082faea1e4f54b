import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';

/**
 * Everything a newcomer runs, as runs of mocha side by side: stories wait for clocks and servers most of the time, the rest computes.
 * What is given on the command line goes to all of them. Ends with 1 when one has failed.
 */
const elsewhere = ['test/e2e/**', 'test/faults/**', 'test/postgres/**'];
const stories = readdirSync('test/stories').filter((file) => file.endsWith('.test.ts'));
const everyThird = (rest: number) =>
  stories.filter((_file, index) => index % 3 === rest).map((file) => `test/stories/${file}`);

interface Suite {
  readonly title: string;
  readonly files: readonly string[];
  readonly ignored: readonly string[];
}

const suites: readonly Suite[] = [
  ...[0, 1, 2].map((rest) => ({ title: `Stories, part ${rest + 1} of 3`, files: everyThird(rest), ignored: [] })),
  { title: 'Everything else', files: ['test/**/*.test.ts'], ignored: [...elsewhere, 'test/stories/**'] },
];

async function runSuite({ title, files, ignored }: Suite): Promise<boolean> {
  const options = ignored.flatMap((pattern) => ['--ignore', pattern]);
  const child = spawn(
    process.execPath,
    ['node_modules/mocha/bin/mocha.js', ...files, ...options, ...process.argv.slice(2)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  const [code] = await once(child, 'close');
  console.log(`\n${title}\n${said}`);
  return code === 0;
}

const began = performance.now();
const passed = await Promise.all(suites.map(runSuite));
console.log(`${Math.round((performance.now() - began) / 1000)} seconds`);
process.exitCode = passed.every(Boolean) ? 0 : 1;
