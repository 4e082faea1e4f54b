import { existsSync, readFileSync } from 'node:fs';
import { openCheckpointSigner, openCheckpointVerifier } from '#adapters/signing/checkpoint-signer';
import { openReadOnly, tenantOf } from '#app/cli/open-read-only';
import type { Config } from '#app/config';
import { OperatorError } from '#app/operator-error';
import type { CheckpointVerifier } from '#engine/ports/checkpoint-signer';
import { verifyEvidence } from '#engine/verify-evidence';

export interface VerifyRequest {
  /** `sqlite:<path>`, `postgres://…` or the path of an SQLite file; none: the database of the settings. */
  readonly database?: string;
  readonly tenantId?: string;
  /** File with the line that `allowedSigner` gives, when the key itself is not on this machine. */
  readonly allowedSigners?: string;
  /** A heads.txt that was kept outside the database. */
  readonly heads?: string;
}

/**
 * Checks every chain of the evidence by itself and against every signed checkpoint, beside an instance that may be running; writes
 * nothing. 0 when all holds, else 1 with the first bad row of each chain.
 */
export async function runVerify(
  config: Config,
  request: VerifyRequest,
  print: (line: string) => void,
): Promise<number> {
  const tenantId = tenantOf(config, request.tenantId);
  const verifier = await verifierOf(config, request);
  const store = await openReadOnly(config, request.database);
  try {
    const report = await verifyEvidence({
      store,
      tenantId,
      ...(verifier ? { verifier } : {}),
      ...(request.heads ? { witness: read(request.heads) } : {}),
    });
    for (const { sentence } of report.problems) print(`BAD  ${sentence}`);
    if (report.rows === 0) print(`There is no evidence of tenant ${tenantId} in this database: nothing was checked.`);
    if (!verifier)
      print(`Signatures were not checked: there is no key ${config.keys.signingFile}; give --allowed-signers.`);
    const counted = `${report.rows} rows in ${report.chains} chains, ${report.checkpoints} checkpoints`;
    if (report.rows > 0) print(report.ok ? `All holds: ${counted}.` : `${report.problems.length} bad: ${counted}.`);
    return report.ok && report.rows > 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}

/** Never makes a key: one that was made now signed nothing. */
async function verifierOf(config: Config, { allowedSigners }: VerifyRequest): Promise<CheckpointVerifier | undefined> {
  if (allowedSigners !== undefined) return openCheckpointVerifier(read(allowedSigners));
  const keyFile = config.keys.signingFile;
  return existsSync(keyFile) ? openCheckpointSigner({ keyFile }) : undefined;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new OperatorError(`${path} cannot be read.`, { cause });
  }
}
