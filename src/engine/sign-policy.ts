import { sha256Hex } from '#domain/canonical';
import { houseChain } from '#domain/evidence';
import { type PolicyVersion, proposalId } from '#domain/house';
import type { UserId } from '#domain/ids';
import { earliest, type Instant } from '#domain/instant';
import type { Role } from '#domain/part';
import { hashOfPolicy } from '#domain/policy-hash';
import { isReadable } from '#domain/readable-difference';
import { readPerson, rolesOf } from '#engine/directory';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';
import { houseMessage } from '#engine/keys';
import { newcomerUntil } from '#engine/newcomer-until';
import type { EvidenceEntry, Stored, Write } from '#engine/ports/store';
import { sentHouseMessages } from '#engine/sent-house-messages';

export interface SignPolicyRequest {
  readonly userId: UserId;
  /** What the person was shown: the hash of the rules that would be in force. */
  readonly hash: string;
  readonly outcome: 'approved' | 'rejected';
  /** Wanted for a rejection. */
  readonly reason?: string;
}

export type PolicySigned =
  | { readonly kind: 'done'; readonly proposalId: string }
  /** Somebody has decided it, or the file was changed since: nothing was done. */
  | { readonly kind: 'not-waiting' }
  | { readonly kind: 'not-yours' }
  /** Too new in the group that gives the right. */
  | { readonly kind: 'newcomer'; readonly from: Instant }
  | { readonly kind: 'reason-wanted' }
  /** More than a card can show in full: nobody can have seen what they would sign. */
  | { readonly kind: 'too-much' };

const policySigners: readonly Role[] = ['approvers', 'itLeadership'];

/**
 * Puts changed rules into force, or turns them down: one named person's decision on exactly what they were shown, by a right that
 * the rules in force give and that is read at this moment. Counts at once here, in other instances within seconds.
 */
export async function signPolicy(engine: Engine, request: SignPolicyRequest): Promise<PolicySigned> {
  for (;;) {
    await engine.rules.refresh();
    const { store, tenantId } = engine;
    const [proposed, inForce] = await Promise.all([
      store.get(tenantId, 'policyVersion', 'proposed'),
      store.get(tenantId, 'policyVersion', 'in-force'),
    ]);
    const right = await rightToSign(engine, request.userId);
    if (right.kind !== 'right') return right;
    const refused = refusal(engine, request, proposed?.body);
    if (refused || !proposed || !inForce) return refused ?? { kind: 'not-waiting' };
    const id = proposalId(proposed.body);
    const written =
      request.outcome === 'approved'
        ? await signed(engine, request.userId, right.right, proposed, inForce)
        : await rejected(engine, request.userId, right.right, proposed, request.reason?.trim() ?? '');
    const outbox = [...(await sentHouseMessages(engine, 'policy', id)), houseMessage('role/it', 'policy', id)];
    const result = await store.commit({ tenantId, ...written, outbox });
    if (!result.ok) continue;
    await engine.rules.refresh();
    return { kind: 'done', proposalId: id };
  }
}

function refusal(
  engine: Engine,
  { hash, outcome, reason }: SignPolicyRequest,
  proposed: PolicyVersion | undefined,
): PolicySigned | undefined {
  if (proposed?.hash !== hash || proposed.rejected) return { kind: 'not-waiting' };
  // The difference was read against other rules than those in force now: it is put before people anew.
  if (proposed.replaces !== hashOfPolicy(engine.policy)) return { kind: 'not-waiting' };
  if (outcome === 'rejected') return reason?.trim() ? undefined : { kind: 'reason-wanted' };
  return isReadable(proposed.differences ?? []) ? undefined : { kind: 'too-much' };
}

export type RightToSign =
  | { readonly kind: 'right'; readonly right: string }
  | { readonly kind: 'not-yours' }
  | { readonly kind: 'newcomer'; readonly from: Instant };

/** Whether somebody may sign changed rules now, by the rules in force; never one who came to the group that gives the right just now. */
export async function rightToSign(engine: Engine, userId: UserId): Promise<RightToSign> {
  const [person, roles] = await Promise.all([
    readPerson(engine.graph, userId),
    rolesOf(engine.graph, engine.policy, userId),
  ]);
  const held = policySigners.filter((role) => roles.includes(role));
  if (person?.accountEnabled !== true || person.userType === 'Guest' || held.length === 0) return { kind: 'not-yours' };
  const tooNew: Instant[] = [];
  for (const role of held) {
    const from = await newcomerUntil(engine, role, userId);
    const group = engine.policy.people[role];
    if (from === undefined) return { kind: 'right', right: `member of ${group.name} (${group.id})` };
    tooNew.push(from);
  }
  return { kind: 'newcomer', from: earliest(tooNew) ?? engine.clock.tenantNow() };
}

interface Written {
  readonly state: readonly Write[];
  readonly evidence: readonly EvidenceEntry[];
}

async function signed(
  engine: Engine,
  userId: UserId,
  right: string,
  proposed: Stored<'policyVersion'>,
  inForce: Stored<'policyVersion'>,
): Promise<Written> {
  const { differences = [], ...version } = proposed.body;
  const body: PolicyVersion = { ...version, right, signedBy: userId, signedAt: engine.clock.tenantNow() };
  const entry = await evidenceEntry(engine, {
    caseId: houseChain,
    type: 'policy.signed',
    actor: { kind: 'person', userId },
    data: {
      hash: body.hash,
      from: version.replaces ?? inForce.body.hash,
      by: userId,
      right,
      file: sha256Hex(body.text),
      changed: differences.map(({ path }) => path),
    },
  });
  return {
    state: [
      { collection: 'policyVersion', key: 'in-force', expect: inForce.version, body },
      { collection: 'policyVersion', key: 'proposed', expect: proposed.version, body: null },
      { collection: 'policyVersion', key: proposalId(body), body: { ...body, differences } },
    ],
    evidence: [entry],
  };
}

async function rejected(
  engine: Engine,
  userId: UserId,
  right: string,
  proposed: Stored<'policyVersion'>,
  reason: string,
): Promise<Written> {
  const body: PolicyVersion = {
    ...proposed.body,
    right,
    rejected: { by: userId, at: engine.clock.tenantNow(), reason },
  };
  const entry = await evidenceEntry(engine, {
    caseId: houseChain,
    type: 'policy.rejected',
    actor: { kind: 'person', userId },
    data: { hash: body.hash, by: userId, right },
    personal: { of: userId, fields: { reason } },
  });
  return {
    state: [
      { collection: 'policyVersion', key: 'proposed', expect: proposed.version, body },
      { collection: 'policyVersion', key: proposalId(body), body },
    ],
    evidence: [entry],
  };
}
