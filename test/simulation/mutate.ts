import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { manySeeds } from './many-seeds.js';
import { type Mutation, mutations } from './mutations.js';

/**
 * Takes down one fence of the engine after the other, in a copy of the project, and shows whether the simulation notices. Run by hand:
 * `node --conditions=source --import tsx test/simulation/mutate.ts [seeds] [words of a name]`. Exit code 1: one went unnoticed.
 */
const seeds = Number(process.argv[2] ?? 400);
const wanted = process.argv[3] ?? '';
const project = new URL('../../', import.meta.url);

async function copyProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-mutation-'));
  for (const part of ['package.json', 'tsconfig.json', 'src/domain', 'src/engine', 'src/adapters', 'test/simulation'])
    await cp(new URL(part, project), join(folder, part), { recursive: true });
  await symlink(new URL('node_modules', project).pathname, join(folder, 'node_modules'));
  return folder;
}

async function takeDown(folder: string, { edits }: Mutation): Promise<void> {
  for (const { file, find, put } of edits) {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    if (text.split(find).length !== 2) throw new Error(`${file} does not hold exactly once: ${find}`);
    await writeFile(
      path,
      text.replace(find, () => put),
    );
  }
}

let unnoticed = 0;
for (const mutation of mutations.filter(({ name }) => name.includes(wanted))) {
  const folder = await copyProject();
  try {
    await takeDown(folder, mutation);
    const { broken, lines } = await manySeeds(1, seeds, pathToFileURL(`${folder}/`));
    const seen = lines.filter((line) => line.startsWith('seed '));
    if (!broken) unnoticed += 1;
    console.log(
      `${broken ? 'noticed  ' : 'UNNOTICED'} ${mutation.name}: ${seen.length} of ${seeds} seeds; ${(seen[0] ?? lines[0] ?? '').slice(0, 200)}`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
process.exitCode = unnoticed > 0 ? 1 : 0;
