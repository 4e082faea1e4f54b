import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { filesUnder } from './files-under.js';

const sources = filesUnder('src');
const all = [...sources, ...filesUnder('test'), ...filesUnder('bench')];
const textOf = (file: string) => readFileSync(file, 'utf8');

/** Built from halves, so that this file does not find itself. */
const word = (...halves: readonly string[]) => halves.join('');

/** Where time, chance, the wire and the environment are touched; everywhere else they come in through a port or an argument. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'Date.now': ['src/adapters/clock/system-clock.ts', 'src/adapters/clock/tenant-clock.ts', 'src/sandbox/clock.ts'],
  'new Date()': [],
  'performance.now': ['src/adapters/clock/system-clock.ts', 'src/sandbox/clock.ts'],
  setTimeout: ['src/adapters/clock/system-clock.ts', 'src/adapters/clock/tenant-clock.ts', 'src/sandbox/clock.ts'],
  setInterval: [],
  'Math.random': [],
  randomUUID: [
    'src/adapters/random/system-random.ts',
    'src/adapters/signing/checkpoint-signer.ts',
    'src/app/compose.ts',
    'src/sandbox/http/dispatcher.ts',
    'src/sandbox/http/sign-in.ts',
  ],
  randomBytes: ['src/adapters/vault/key-file.ts', 'src/adapters/vault/vault.ts'],
  'fetch(': [
    'src/adapters/clock/tenant-clock.ts',
    'src/adapters/exchange/send-cmdlet.ts',
    'src/adapters/graph/middleware/transport.ts',
    'src/adapters/heartbeat/http-heartbeat.ts',
    'src/adapters/identity/loopback-authority.ts',
  ],
  'process.env': ['src/app/config.ts'],
};

/** Whole words only, and not in a comment of its own. */
function uses(text: string, what: string): boolean {
  const escaped = what.replace(/[.()]/g, '\\$&');
  const code = text.replace(/^\s*(\/\/|\/?\*).*$/gm, '');
  return new RegExp(`(?<![\\w.])${escaped}${/\w$/.test(what) ? '\\b' : ''}`).test(code);
}

describe('[structure] source text', () => {
  for (const [what, files] of Object.entries(allowed))
    it(`touches ${what} in ${files.length === 0 ? 'no file' : files.length === 1 ? 'one file' : `${files.length} files`}`, () => {
      expect(sources.filter((file) => uses(textOf(file), what))).to.deep.equal(files);
    });

  it('has no file of more than 250 lines', () => {
    const long = all
      .map((file) => ({ file, lines: textOf(file).trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > 250);
    expect(all.length).to.be.greaterThan(300);
    expect(long).to.deep.equal([]);
  });

  it('imports by alias, but for card templates', () => {
    const relative = sources.flatMap((file) =>
      [...textOf(file).matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) => ({ file, path })),
    );
    for (const { file, path } of relative) expect(path, file).to.match(/^\.\.\/\.\.\/cards\/[a-z-]+\.json$/);
  });

  it('silences a tool only with a reason, and rarely', () => {
    const silencers = new RegExp(
      word('(biome-', 'ignore|@ts-', 'ignore|@ts-expect-', 'error|@ts-no', 'check|eslint-', 'disable|c8 ', 'ignore).*'),
      'g',
    );
    const found = all.flatMap((file) => [...textOf(file).matchAll(silencers)].map(([text]) => `${file}: ${text}`));
    const reasoned = new RegExp(word('biome-', 'ignore lint/\\S+: .{20,}'));
    for (const text of found) expect(text).to.match(reasoned);
    // Another one is to be argued for here.
    expect(found.map((text) => text.split(':')[0])).to.deep.equal(['src/engine/workflow.ts']);
  });

  it('leaves nothing half done', () => {
    const marks = new RegExp(
      word('\\b(TO', 'DO|FIX', 'ME|XX', 'X)\\b|not ', 'implemented yet|\\b(it|describe)\\.(sk', 'ip|on', 'ly)\\b'),
    );
    expect(all.filter((file) => marks.test(textOf(file)))).to.deep.equal([]);
  });

  it('says in every test title what kind of test it is', () => {
    const kinds = /^describe\('\[(unit|contract|simulation|story|faults?|browser|structure)\] /;
    for (const file of all.filter((path) => path.endsWith('.test.ts')))
      for (const line of textOf(file)
        .split('\n')
        .filter((text) => text.startsWith('describe(')))
        expect(line, file).to.match(kinds);
  });
});
