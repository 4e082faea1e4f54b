import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect } from 'chai';
import { actions, commands } from '#bot/router';
import { leaver } from '#workflows/leaver';
import { filesUnder } from './files-under.js';

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string }[];
  };
}

const cruiser = join(process.cwd(), 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const rules = join(process.cwd(), '.dependency-cruiser.cjs');

/** dependency-cruiser ends with as many as it found wrong; what it says is on stdout all the same. */
async function cruise(folder: string, ...what: readonly string[]): Promise<Cruise['summary']> {
  const args = [cruiser, '--config', rules, '--output-type', 'json', ...what];
  const said = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
      stdout === ''
        ? reject(new Error(`dependency-cruiser said nothing: ${stderr}`, { cause: error }))
        : resolve(stdout),
    );
  });
  return (JSON.parse(said) as Cruise).summary;
}

function broken(summary: Cruise['summary']): readonly string[] {
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
}

describe('[structure] import rules', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-planted-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('hold for everything', async () => {
    const summary = await cruise(process.cwd(), 'src', 'test', 'bench');
    expect(broken(summary)).to.deep.equal([]);
    expect(summary.totalCruised).to.be.greaterThan(200);
  }).timeout(120_000);

  it('see what is planted: through aliases, through types, unresolved, unreachable', async () => {
    const planted: Readonly<Record<string, string>> = {
      'app/main.ts':
        "import '#domain/a'; import '#engine/b'; import '#steps/x/one'; import '#bot/d'; import '#cards/e';",
      'app/cli-entry.ts': "import '#sandbox/z';",
      'sandbox/cli.ts': 'export const started = true;',
      'sandbox/z.ts': "import type { A } from '#domain/a'; export type Z = A;",
      'domain/a.ts': "import { graph } from '#adapters/graph/graph'; export type A = typeof graph;",
      'engine/b.ts':
        "import type { C } from '#engine/c'; import { z } from 'zod'; export type B = C; export const b = z;",
      'engine/c.ts': "import type { B } from '#engine/b'; export type C = B | 1;",
      'adapters/graph/graph.ts': "export { store as graph } from '#adapters/store/store';",
      'adapters/store/store.ts': "import type { B } from '#engine/b'; export const store: B = 1;",
      'steps/x/one.ts': "export { two } from '#steps/x/two';",
      'steps/x/two.ts': 'export const two = 2;',
      'bot/d.ts': "import type { TurnContext } from 'botbuilder'; export type D = TurnContext;",
      'cards/e.ts': "import { gone } from '#cards/gone'; import '#bot/d'; export const e = gone;",
      'cards/lonely.ts': 'export const lonely = true;',
    };
    for (const [path, text] of Object.entries(planted)) {
      mkdirSync(join(folder, 'src', dirname(path)), { recursive: true });
      writeFileSync(join(folder, 'src', path), text);
    }
    for (const file of ['package.json', 'tsconfig.json']) writeFileSync(join(folder, file), readFileSync(file));
    symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
    const seen = broken(await cruise(folder, 'src'));
    for (const expected of [
      'domain-is-pure: src/domain/a.ts',
      'engine-knows-ports-only: src/engine/b.ts',
      'no-cycles: src/engine/b.ts',
      'adapters-are-strangers: src/adapters/graph/graph.ts',
      'adapters-use-ports-not-use-cases: src/adapters/store/store.ts',
      'steps-do-not-know-steps: src/steps/x/one.ts',
      'sandbox-stands-alone: src/sandbox/z.ts',
      'bot-framework-in-adapters-teams: src/bot/d.ts',
      'everything-resolves: src/cards/e.ts',
      'cards-show-the-domain: src/cards/e.ts',
      'reachable-from-an-entry: src/cards/lonely.ts',
    ])
      expect(seen).to.include(expected);
  }).timeout(120_000);
});

/** What a module exports that looks as wanted. */
async function exportsOf(path: string, looksRight: (value: object) => boolean): Promise<readonly object[]> {
  const module: Readonly<Record<string, unknown>> = await import(join(process.cwd(), path));
  return Object.values(module).filter(
    (value): value is object => typeof value === 'object' && value !== null && looksRight(value),
  );
}

describe('[structure] one to one', () => {
  it('a card and its builder', () => {
    const templates = readdirSync('cards').map((file) => basename(file, '.json'));
    const built = filesUnder('src/cards').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/expandTemplate\('([a-z-]+)'/g)].map(([, name]) => ({ name, file })),
    );
    expect(built.map(({ name }) => name).sort()).to.deep.equal(templates.sort());
    for (const { name, file } of built) {
      expect(file).to.equal(`src/cards/${name}.ts`);
      expect(readFileSync(file, 'utf8')).to.include(`'../../cards/${name}.json'`);
    }
  });

  it('a step, its path, and a line in a workflow', async () => {
    const listed = leaver.steps.map(({ step }) => step.id as string);
    // What the rule steps-do-not-know-steps lets steps share: none of these is a step.
    const shared = /\/(read-[^/]+|full-access|membership|reply-text|sku-names)\.ts$/;
    let count = 0;
    for (const file of filesUnder('src/steps')) {
      const steps = await exportsOf(file, (value) => 'apply' in value && 'verify' in value);
      expect(steps, file).to.have.lengthOf(shared.test(file) ? 0 : 1);
      for (const step of steps) {
        count += 1;
        const id = file.replace('src/steps/', '').replace('/', '.').replace('.ts', '');
        expect(step).to.have.property('id', id);
        expect(listed, 'listed in a workflow').to.include(id);
      }
    }
    expect(count).to.equal(listed.length);
  });

  it('a command or action, and a line in the router', async () => {
    for (const [folder, known, key] of [
      ['src/bot/commands', commands.map(({ name }) => name), 'name'],
      ['src/bot/actions', actions.map(({ verb }) => verb), 'verb'],
    ] as const) {
      for (const file of filesUnder(folder)) {
        const found = await exportsOf(file, (value) => 'run' in value && key in value);
        expect(found, file).to.have.lengthOf(1);
        expect(found[0]).to.have.property(key, basename(file, '.ts'));
      }
      expect([...known].sort(), 'the router knows').to.deep.equal(
        filesUnder(folder)
          .map((file) => basename(file, '.ts'))
          .sort(),
      );
    }
  });
});
