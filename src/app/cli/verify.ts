import { existsSync, readFileSync } from 'node:fs';
import { openCheckpointSigner, openCheckpointVerifier } from '#adapters/signing/checkpoint-signer';
import { openPostgresStore } from '#adapters/store/postgres-store';
import { openSqliteStore } from '#adapters/store/sqlite-store';
import type { Config } from '#app/config';
import { OperatorError } from '#app/operator-error';
import type { TenantId } from '#domain/ids';
import type { CheckpointVerifier } from '#engine/ports/checkpoint-signer';
import type { Store } from '#engine/ports/store';
import { verifyEvidence } from '#engine/verify-evidence';
import { tenantId as simulatedTenantId } from '#sandbox/firm/ids';

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
  const tenantId = tenantOf(config, request);
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

function tenantOf(config: Config, request: VerifyRequest): TenantId {
  const named = request.tenantId ?? config.tenant.tenantId;
  if (named !== undefined) return named.toLowerCase();
  if (config.mode === 'sandbox') return simulatedTenantId;
  throw new OperatorError('Whose evidence? Give --tenant, or set AZURE_TENANT_ID.');
}

/** Never makes a key: one that was made now signed nothing. */
async function verifierOf(config: Config, { allowedSigners }: VerifyRequest): Promise<CheckpointVerifier | undefined> {
  if (allowedSigners !== undefined) return openCheckpointVerifier(read(allowedSigners));
  const keyFile = config.keys.signingFile;
  return existsSync(keyFile) ? openCheckpointSigner({ keyFile }) : undefined;
}

async function openReadOnly(config: Config, named: string | undefined): Promise<Store> {
  const url = named ?? (config.database.kind === 'postgres' ? config.database.url : config.database.path);
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgresStore({ url, connections: 1 });
  const path = url.replace(/^sqlite:/, '');
  if (!existsSync(path)) throw new OperatorError(`There is no database ${path}.`);
  return openSqliteStore({ path, readOnly: true });
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new OperatorError(`${path} cannot be read.`, { cause });
  }
}
