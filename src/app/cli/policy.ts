import { writeFile } from 'node:fs/promises';
import type { Config } from '#app/config';
import { loadPolicy } from '#app/policy-file';
import { policyJsonSchema } from '#app/policy-schema';

/** Checks the policy file; throws `OperatorError` with the line of each mistake. */
export async function runPolicy(
  config: Config,
  path: string | undefined,
  print: (line: string) => void,
): Promise<number> {
  const file = path ?? config.policyFile;
  await loadPolicy(file, { sandbox: config.mode === 'sandbox' });
  print(`${file} can be used.`);
  return 0;
}

/** Writes the schema that editors check the policy file with. */
export async function writePolicySchema(path: string, print: (line: string) => void): Promise<number> {
  await writeFile(path, policySchemaText());
  print(`${path} is written.`);
  return 0;
}

export function policySchemaText(): string {
  return `${JSON.stringify(policyJsonSchema(), null, 2)}\n`;
}
