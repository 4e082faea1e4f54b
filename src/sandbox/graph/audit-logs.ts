import { type Answer, badRequest, notServed, ok } from '#sandbox/http/answers';
import { allowQuery, isObject, type RoutedCall } from '#sandbox/http/call';
import type { Route } from '#sandbox/http/router';
import { page } from '#sandbox/query/paging';
import type { JsonObject } from '#sandbox/tenant/world';

interface Wanted {
  readonly targetId?: string;
  readonly since?: number;
}

/** `targetResources/any(t:t/id eq '…')` and `activityDateTime ge …`, one of them or both joined with `and`. */
function wantedOf(filter: string): Wanted {
  let wanted: Wanted = {};
  if (filter.trim() === '') return wanted;
  for (const clause of filter.split(/\s+and\s+/i)) {
    const target = /^targetResources\/any\(\s*(\w+)\s*:\s*\1\/id\s+eq\s+'([^']+)'\s*\)$/.exec(clause.trim());
    const since = /^activityDateTime\s+ge\s+(\S+)$/.exec(clause.trim());
    if (target) wanted = { ...wanted, targetId: (target[2] ?? '').toLowerCase() };
    else if (since) wanted = { ...wanted, since: instant(since[1] ?? '') };
    else throw notServed(`$filter=${clause} on /auditLogs/directoryAudits`);
  }
  return wanted;
}

function instant(text: string): number {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw badRequest(`Invalid filter clause: '${text}' is no date-time with an offset.`);
  return at;
}

function isWanted(row: JsonObject, { targetId, since }: Wanted): boolean {
  const targets = row['targetResources'];
  const about = Array.isArray(targets) ? targets.map((target) => (isObject(target) ? target['id'] : undefined)) : [];
  if (targetId !== undefined && !about.includes(targetId)) return false;
  return since === undefined || Date.parse(String(row['activityDateTime'])) >= since;
}

/** Newest first, as the real one answers where nobody says otherwise. */
function directoryAudits(call: RoutedCall): Answer {
  allowQuery(call, '$filter', '$top', '$skiptoken');
  const wanted = wantedOf(call.query.get('$filter') ?? '');
  const rows = call.tenant.audit().filter((row) => isWanted(row, wanted));
  return ok(page(call, 'auditLogs/directoryAudits', [...rows].reverse()));
}

export const auditLogRoutes: readonly Route[] = [['GET /auditLogs/directoryAudits', directoryAudits]];
