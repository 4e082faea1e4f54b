import type { Change } from '#domain/change';
import { isFailure } from '#domain/failure';
import type { UserId } from '#domain/ids';
import { type Instant, toEpochMs } from '#domain/instant';
import type { Graph, Shape } from '#engine/ports/graph';

/** Least application permissions for the directory's audit log; `latchkey doctor` asks for them beside those of the steps. */
export const auditPermissions = ['AuditLog.Read.All', 'Directory.Read.All'] as const;

/** One row of the directory's audit log about a person. */
export interface AuditRow {
  readonly at: Instant;
  /** `Enable account`, `Add member to group`. */
  readonly activity: string;
  readonly by: string;
  /** Active Directory's synchronisation: it will do the same again. */
  readonly bySync: boolean;
  /** Everything that the row names by id: targets, and old and new values. */
  readonly about: string;
}

/** Somebody, when, and whether the synchronisation with Active Directory did it. */
export type Doer = Pick<AuditRow, 'at' | 'by' | 'bySync'>;

/**
 * What the directory wrote down about a person since then. Who did something is good to know and never a condition: where the log
 * may not be read or does not answer there are simply no rows. What Exchange does stands in a log of its own and not here.
 * https://learn.microsoft.com/graph/api/directoryaudit-list
 */
export async function readAudit(graph: Graph, userId: UserId, since: Instant): Promise<readonly AuditRow[]> {
  const filter = `targetResources/any(t:t/id eq '${userId}') and activityDateTime ge ${since}`;
  try {
    return await graph.list(`/auditLogs/directoryAudits?$filter=${encodeURIComponent(filter)}`, auditRow);
  } catch (error) {
    if (isFailure(error)) return [];
    throw error;
  }
}

/** The last row that can have brought a change's `before` about. */
export function whoDid(rows: readonly AuditRow[], { target }: Change): Doer | undefined {
  const fits = rows.filter((row) => {
    switch (target.kind) {
      case 'user':
        return /^enable account$/i.test(row.activity) || enables(row);
      case 'group':
      case 'list':
        return /^add (member|owner) to group$/i.test(row.activity) && row.about.includes(target.id.toLowerCase());
      case 'license':
        return /^change user license$/i.test(row.activity);
      case 'authenticationMethod':
        return /registered (all required )?security info|^add .*authentication/i.test(row.activity);
      default:
        return false;
    }
  });
  return [...fits].sort((a, b) => toEpochMs(b.at) - toEpochMs(a.at))[0];
}

function enables({ activity, about }: AuditRow): boolean {
  return /^update user$/i.test(activity) && /accountenabled[^}]*newvalue[^}]*\[true\]/.test(about);
}

const auditRow: Shape<AuditRow> = {
  parse(value) {
    const at = field(value, 'activityDateTime');
    const activity = field(value, 'activityDisplayName');
    if (typeof at !== 'string' || typeof activity !== 'string')
      throw new TypeError('an audit row has activityDateTime and activityDisplayName');
    const by = initiator(field(value, 'initiatedBy'));
    return { at, activity, ...by, about: JSON.stringify(field(value, 'targetResources') ?? []).toLowerCase() };
  },
};

/** As the synchronisation signs: an account of its own (`Sync_SERVER_…`), or an application since 2025. */
const syncNames =
  /^(Sync_|ADToAADSyncServiceAccount@|ConnectSyncProvisioning_)|Entra Connect|Azure AD Connect|SyncFabric/i;

function initiator(value: unknown): Pick<AuditRow, 'by' | 'bySync'> {
  const user = field(value, 'user');
  const app = field(value, 'app');
  const names = [
    field(user, 'displayName'),
    field(user, 'userPrincipalName'),
    field(app, 'displayName'),
    field(app, 'servicePrincipalName'),
    field(user, 'id'),
    field(app, 'servicePrincipalId'),
  ].filter((name): name is string => typeof name === 'string' && name !== '');
  if (names.some((name) => syncNames.test(name)))
    return { by: 'Microsoft Entra Connect (directory sync)', bySync: true };
  return { by: names[0] ?? 'somebody whom the audit log does not name', bySync: false };
}

function field(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}
