import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { commands } from '#bot/router';
import { leaver } from '#workflows/leaver';
import { filesUnder } from './files-under.js';

const pages = [
  'README.md',
  'ARCHITECTURE.md',
  ...readdirSync('docs').map((file) => join('docs', file)),
  ...readdirSync('docs/decisions').map((file) => join('docs/decisions', file)),
].filter((file) => file.endsWith('.md'));
const read = (file: string) => readFileSync(file, 'utf8');
const scripts: object = JSON.parse(read('package.json')).scripts;

describe('[structure] docs', () => {
  for (const page of pages) {
    it(`${page} names only files and scripts that are there`, () => {
      const text = read(page);
      const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, to = '']) => join(dirname(page), to));
      const paths = [...text.matchAll(/`((?:src|test|cards|config|env|docs|appPackage)\/[\w./-]+)`/g)].map(
        ([, path = '']) => path,
      );
      for (const path of [...links, ...paths])
        expect(existsSync(path) || existsSync(`${path}.ts`) || isMadeLater(path), `${page}: ${path}`).to.equal(true);
      for (const [, name = ''] of text.matchAll(/`?npm run ([\w:-]+)/g)) expect(scripts, page).to.have.property(name);
    });
  }

  it('the README follows one leaver through files that are there, and stays short', () => {
    const readme = read('README.md');
    const followed = [...readme.matchAll(/^\| `(src\/[^`]+)` \|/gm)].map(([, path]) => path);
    expect(followed).to.have.lengthOf(8);
    expect(readme.split('\n').length).to.be.at.most(151);
    for (const { name } of commands) expect(readme).to.match(new RegExp(`\`${name}[ \`]`));
  });

  it('ARCHITECTURE works one hash that sha256sum would give', () => {
    const [, line = '', hash = ''] =
      /printf '%s\\n' '(.+)' \| sha256sum\n# ([0-9a-f]{64})/.exec(read('ARCHITECTURE.md')) ?? [];
    expect(createHash('sha256').update(`${line}\n`).digest('hex')).to.equal(hash);
    expect(read('ARCHITECTURE.md').split('\n').length).to.be.at.most(201);
  });

  it('the runbook says what each exception of ours means', () => {
    const runbook = read('docs/runbook.md');
    const sources = [...filesUnder('src/engine'), ...filesUnder('src/steps'), ...filesUnder('src/bot')];
    const codes = sources.flatMap((file) => [...read(file).matchAll(/'(latchkey\.[a-z-]+)'/g)].map(([, code]) => code));
    expect(codes.length).to.be.greaterThan(12);
    for (const code of codes) expect(runbook).to.include(`\`${code}\``);
  });

  it('the process map has every step in its order', () => {
    const map = read('docs/process-map.md');
    const rows = [...map.matchAll(/^\| [\w-]+ \| `([\w.-]+)` \|/gm)].map(([, id]) => id);
    expect(rows).to.deep.equal(leaver.steps.map(({ step }) => step.id));
  });

  it('the decision records are short and numbered without a gap', () => {
    const records = readdirSync('docs/decisions').sort();
    expect(records.map((file) => Number(file.slice(0, 4)))).to.deep.equal(records.map((_, index) => index + 1));
    for (const file of records) expect(read(join('docs/decisions', file)).split('\n').length, file).to.be.at.most(31);
  });
});

/** Files that the operator makes, and folders that a script makes. */
function isMadeLater(path: string): boolean {
  return /^env\/\.env\.(observe|production)(\.user)?$|^appPackage\/build\/?$/.test(path);
}
