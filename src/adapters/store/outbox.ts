import { numberOf, type Program, type Row, textOf, textOrNull } from '#adapters/store/program';
import type { TenantId } from '#domain/ids';
import type { OutboxItem, Store } from '#engine/ports/store';

export function* takeProgram(
  tenantId: TenantId,
  machineNow: number,
  holdMs: number,
  limit: number,
): Program<readonly OutboxItem[]> {
  const rows = yield { use: 'take', params: [tenantId, machineNow, machineNow + holdMs, limit] };
  // What an update returns comes in no order.
  return [...rows].sort((a, b) => numberOf(a, 'id') - numberOf(b, 'id')).map((row) => toItem(tenantId, row));
}

/** Does nothing when the hold passed and somebody else has taken the message since. */
export function* settleProgram(item: OutboxItem, how: Parameters<Store['settleOutbox']>[1]): Program<void> {
  const taken = [item.tenantId, ...fenceOf(item.token)];
  if (how.kind === 'retry') {
    yield { use: 'settleRetry', params: [...taken, how.retryAt] };
    return;
  }
  yield { use: 'settleDone', params: [...taken, item.version] };
  // Still there: a newer version came while this one was under way, and is now free to be sent.
  yield { use: 'settleNewer', params: taken };
}

function toItem(tenantId: TenantId, row: Row): OutboxItem {
  const caseId = textOrNull(row, 'case_id');
  const payload = textOrNull(row, 'payload');
  return {
    tenantId,
    key: textOf(row, 'key'),
    audience: textOf(row, 'audience'),
    kind: textOf(row, 'kind'),
    ...(caseId !== undefined && { caseId }),
    ...(payload !== undefined && { payload: JSON.parse(payload) }),
    version: numberOf(row, 'version'),
    attempt: numberOf(row, 'attempt'),
    token: `${numberOf(row, 'id')}.${numberOf(row, 'takes')}`,
  };
}

/** The row's id, never used twice, and how often it was taken. */
function fenceOf(token: string): readonly [number, number] {
  const match = /^(\d+)\.(\d+)$/.exec(token);
  if (!match) throw new TypeError('not a token that takeOutbox gave out');
  return [Number(match[1]), Number(match[2])];
}
