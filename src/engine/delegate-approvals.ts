import { houseChain } from '#domain/evidence';
import type { Delegation } from '#domain/house';
import type { UserId } from '#domain/ids';
import { type Instant, isAtOrAfter, plusMs } from '#domain/instant';
import type { PersonView } from '#domain/subject';
import { decidableBy } from '#engine/decide-part';
import type { Engine } from '#engine/engine';
import { caseMessage } from '#engine/keys';
import { loadCase } from '#engine/load-case';
import type { OutboxMessage } from '#engine/ports/store';

const longestDays = 92;
const dayMs = 86_400_000;

export type DelegationFault = 'oneself' | 'guest' | 'disabled' | 'past' | 'too-long';

/** What is wrong with letting this person decide until then; `undefined`: nothing. */
export function delegationFault(
  { clock }: Engine,
  from: UserId,
  to: PersonView,
  until: Instant,
): DelegationFault | undefined {
  const now = clock.tenantNow();
  if (to.userId === from) return 'oneself';
  if (to.userType === 'Guest') return 'guest';
  if (to.accountEnabled === false) return 'disabled';
  if (isAtOrAfter(now, until)) return 'past';
  // The last day counts whole.
  if (!isAtOrAfter(plusMs(now, (longestDays + 1) * dayMs), until)) return 'too-long';
  return undefined;
}

/** From now on `to` decides what waits for `from` as well, and is shown it at once. */
export async function delegateApprovals(engine: Engine, from: UserId, to: UserId, until: Instant): Promise<void> {
  const at = engine.clock.tenantNow();
  await keep(engine, from, { from, to, until, at }, 'approvals.delegated', { from, to, until });
}

/** `from` decides alone again. Answers whose delegation ended; `undefined`: there was none. */
export async function endDelegation(engine: Engine, from: UserId): Promise<UserId | undefined> {
  const stored = await engine.store.get(engine.tenantId, 'delegation', from);
  if (!stored) return undefined;
  const { to } = stored.body;
  await keep(engine, from, null, 'approvals.delegation-ended', { from, to });
  return to;
}

async function keep(
  engine: Engine,
  from: UserId,
  delegation: Delegation | null,
  type: string,
  data: Readonly<Record<string, string>>,
): Promise<void> {
  const { store, tenantId } = engine;
  for (;;) {
    const before = await store.get(tenantId, 'delegation', from);
    const affected = [before?.body.to, delegation?.to].filter((userId) => userId !== undefined);
    const result = await store.commit({
      tenantId,
      state: [{ collection: 'delegation', key: from, expect: before?.version ?? 0, body: delegation }],
      evidence: [
        {
          chain: houseChain,
          type,
          at: engine.clock.tenantNow(),
          actor: { kind: 'person', userId: from },
          data,
        },
      ],
      outbox: (await waitingCards(engine, from, [...new Set(affected)])).flat(),
    });
    if (result.ok) return;
  }
}

/** Of every case in which something waits for `from`: the cards of those whose right begins or ends with this. */
async function waitingCards(
  engine: Engine,
  from: UserId,
  people: readonly UserId[],
): Promise<readonly OutboxMessage[]> {
  const { store, tenantId } = engine;
  const open = await store.list(tenantId, 'openCase');
  const found: OutboxMessage[] = [];
  for (const { body } of open) {
    const state = await loadCase(store, tenantId, body.caseId);
    const deciding = state ? await decidableBy(engine, state, from) : [];
    const slots = deciding.map(({ part: { purpose, partId } }) =>
      purpose === 'deviation' ? (`deviation:${partId}` as const) : 'decision',
    );
    for (const slot of new Set(slots))
      found.push(...people.map((userId) => caseMessage(body.caseId, `person/${userId}`, slot)));
  }
  return found;
}
