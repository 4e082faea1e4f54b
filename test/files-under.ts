import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of the TypeScript files in a folder and below, from the project's root, sorted. */
export function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path))
    .sort();
}
