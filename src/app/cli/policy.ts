import { writeFile } from 'node:fs/promises';
import { openReadOnly, tenantOf } from '#app/cli/open-read-only';
import type { Config } from '#app/config';
import { OperatorError } from '#app/operator-error';
import { loadPolicy, parsePolicy } from '#app/policy-file';
import { policyDifferences } from '#app/policy-in-force';
import { policyJsonSchema } from '#app/policy-schema';
import type { PolicyDifference } from '#domain/house';

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

/** Says what differs between the rules in force and the policy file: 0 nothing, 1 something that waits to be signed. */
export async function runPolicyDiff(
  config: Config,
  path: string | undefined,
  tenant: string | undefined,
  print: (line: string) => void,
): Promise<number> {
  const file = path ?? config.policyFile;
  const mode = { sandbox: config.mode === 'sandbox' };
  const after = await loadPolicy(file, mode);
  const store = await openReadOnly(config, undefined);
  try {
    const inForce = await store.get(tenantOf(config, tenant), 'policyVersion', 'in-force');
    if (!inForce) throw new OperatorError('No rules are in force yet: the first start takes the policy file as it is.');
    const differences = policyDifferences(parsePolicy(inForce.body.text, 'the rules in force', mode), after);
    for (const difference of differences) print(`${difference.path}: ${sides(difference)}`);
    print(
      differences.length === 0
        ? `${file} says what is in force.`
        : 'This counts once an approver or IT leadership has signed it in Teams.',
    );
    return differences.length === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}

function sides({ before, after }: PolicyDifference): string {
  if (before === undefined) return `added: ${JSON.stringify(after)}`;
  return after === undefined
    ? `removed: ${JSON.stringify(before)}`
    : `${JSON.stringify(before)} → ${JSON.stringify(after)}`;
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
