import { existsSync } from 'node:fs';
import { openPostgresStore } from '#adapters/store/postgres-store';
import { openSqliteStore } from '#adapters/store/sqlite-store';
import type { Config } from '#app/config';
import { OperatorError } from '#app/operator-error';
import type { TenantId } from '#domain/ids';
import type { Store } from '#engine/ports/store';
import { tenantId as simulatedTenantId } from '#sandbox/firm/ids';

/** Whose data: as given, else as the settings say. Throws `OperatorError` where neither does. */
export function tenantOf(config: Config, given: string | undefined): TenantId {
  const named = given ?? config.tenant.tenantId;
  if (named !== undefined) return named.toLowerCase();
  if (config.mode === 'sandbox') return simulatedTenantId;
  throw new OperatorError('Whose data? Give --tenant, or set AZURE_TENANT_ID.');
}

/** Beside an instance that may be running. Throws `OperatorError` where there is no such database. */
export async function openReadOnly(config: Config, named: string | undefined): Promise<Store> {
  const url = named ?? (config.database.kind === 'postgres' ? config.database.url : config.database.path);
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgresStore({ url, connections: 1 });
  const path = url.replace(/^sqlite:/, '');
  if (!existsSync(path)) throw new OperatorError(`There is no database ${path}.`);
  return openSqliteStore({ path, readOnly: true });
}
