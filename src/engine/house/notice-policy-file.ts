import { houseChain } from '#domain/evidence';
import { type PolicyDifference, type PolicyVersion, proposalId } from '#domain/house';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';
import { houseMessage } from '#engine/keys';
import type { EvidenceEntry, OutboxMessage, Stored, Write } from '#engine/ports/store';
import { sentHouseMessages } from '#engine/sent-house-messages';

/** What the policy file holds at this moment, held against the rules in force. */
export type PolicyFileSeen =
  | { readonly kind: 'in-force' }
  | {
      readonly kind: 'different';
      readonly hash: string;
      readonly text: string;
      readonly replaces: string;
      readonly differences: readonly PolicyDifference[];
    }
  | { readonly kind: 'unusable'; readonly hash: string; readonly text: string; readonly problem: string };

type Version = Stored<'policyVersion'> | undefined;

/**
 * Puts a changed policy file before those who may sign it, once; takes it back where the file says so. Until it is signed nothing
 * of it counts. `fresh`: this instance saw the file change (or starts); another instance that still holds the file of before takes
 * nothing back. A conflict means that somebody else was quicker: the next look sees what is true then.
 */
export async function noticePolicyFile(engine: Engine, seen: PolicyFileSeen, fresh: boolean): Promise<void> {
  const { store, tenantId } = engine;
  const [proposed, unusable] = await Promise.all([
    store.get(tenantId, 'policyVersion', 'proposed'),
    store.get(tenantId, 'policyVersion', 'unusable'),
  ]);
  if (seen.kind === 'different') return notePending(engine, seen, fresh, proposed, unusable);
  if (!fresh) return;
  if (seen.kind === 'in-force') await settle(engine, await withdrawn(engine, proposed), mended(unusable));
  else if (unusable?.body.hash !== seen.hash) await tellUnusable(engine, seen, unusable);
}

async function notePending(
  engine: Engine,
  seen: PolicyFileSeen & { kind: 'different' },
  fresh: boolean,
  proposed: Version,
  unusable: Version,
): Promise<void> {
  // Rejected or still waiting: the same rules are not asked about again while the file holds them.
  const asked = proposed?.body.hash === seen.hash && proposed.body.replaces === seen.replaces;
  const readAgain = fresh ? mended(unusable) : nothing;
  if (asked || (proposed && !fresh)) await settle(engine, readAgain);
  else await settle(engine, await withdrawn(engine, proposed), await proposal(engine, seen, proposed), readAgain);
}

interface Writes {
  readonly state: readonly Write[];
  readonly evidence: readonly EvidenceEntry[];
  readonly outbox: readonly OutboxMessage[];
}

const nothing: Writes = { state: [], evidence: [], outbox: [] };

async function settle(engine: Engine, ...writes: readonly Writes[]): Promise<void> {
  if (writes.every(({ state }) => state.length === 0)) return;
  await engine.store.commit({
    tenantId: engine.tenantId,
    state: onceEach(writes.flatMap(({ state }) => state)),
    evidence: writes.flatMap(({ evidence }) => evidence),
    outbox: writes.flatMap(({ outbox }) => outbox),
  });
}

/** Of two writes to one document the later one counts: a proposal takes the place of the one that is withdrawn. */
function onceEach(state: readonly Write[]): readonly Write[] {
  return state.filter((write, at) => state.findLastIndex(({ key }) => key === write.key) === at);
}

async function withdrawn(engine: Engine, proposed: Version): Promise<Writes> {
  if (!proposed) return nothing;
  const { body, version } = proposed;
  const id = proposalId(body);
  const gone: Write = { collection: 'policyVersion', key: 'proposed', expect: version, body: null };
  // Somebody has rejected it already, which is on the record.
  if (body.rejected) return { ...nothing, state: [gone] };
  const kept: PolicyVersion = { ...body, withdrawnAt: engine.clock.tenantNow() };
  const entry = await evidenceEntry(engine, {
    caseId: houseChain,
    type: 'policy.withdrawn',
    actor: { kind: 'clock' },
    data: { hash: body.hash },
  });
  return {
    state: [gone, { collection: 'policyVersion', key: id, body: kept }],
    evidence: [entry],
    outbox: await sentHouseMessages(engine, 'policy', id),
  };
}

async function proposal(
  engine: Engine,
  { hash, text, replaces, differences }: PolicyFileSeen & { kind: 'different' },
  before: Version,
): Promise<Writes> {
  const body: PolicyVersion = { hash, text, replaces, differences, seenAt: engine.clock.tenantNow() };
  const entry = await evidenceEntry(engine, {
    caseId: houseChain,
    type: 'policy.proposed',
    actor: { kind: 'clock' },
    data: { hash, from: replaces, changed: differences.map(({ path }) => path) },
  });
  return {
    state: [{ collection: 'policyVersion', key: 'proposed', expect: before?.version ?? 0, body }],
    evidence: [entry],
    outbox: (['approvers', 'itLeadership', 'it'] as const).map((role) =>
      houseMessage(`role/${role}`, 'policy', proposalId(body)),
    ),
  };
}

/** Told once for each text: the rules in force go on meanwhile. */
async function tellUnusable(
  engine: Engine,
  { hash, text, problem }: PolicyFileSeen & { kind: 'unusable' },
  before: Version,
): Promise<void> {
  const body: PolicyVersion = { hash, text, problem, seenAt: engine.clock.tenantNow() };
  engine.report('the policy file cannot be used; the rules in force go on', new Error(problem));
  await settle(engine, mended(before), {
    ...nothing,
    state: [{ collection: 'policyVersion', key: 'unusable', expect: before?.version ?? 0, body }],
    outbox: [houseMessage('role/it', 'policy', unusableId(hash))],
  });
}

function mended(unusable: Version): Writes {
  if (!unusable) return nothing;
  return {
    ...nothing,
    state: [{ collection: 'policyVersion', key: 'unusable', expect: unusable.version, body: null }],
    outbox: [houseMessage('role/it', 'policy', unusableId(unusable.body.hash))],
  };
}

function unusableId(hash: string): string {
  return `unusable/${hash}`;
}
