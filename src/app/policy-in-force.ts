import { describePolicy } from '#app/describe-policy';
import { OperatorError } from '#app/operator-error';
import { parsePolicy, readPolicyText } from '#app/policy-file';
import { sha256Hex } from '#domain/canonical';
import { houseChain } from '#domain/evidence';
import type { PolicyDifference, PolicyVersion } from '#domain/house';
import type { TenantId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Json } from '#domain/json';
import type { Policy } from '#domain/policy';
import { hashOfPolicy } from '#domain/policy-hash';
import { valueDifferences } from '#domain/value-differences';
import { noticePolicyFile, type PolicyFileSeen } from '#engine/house/notice-policy-file';
import type { HouseDuty } from '#engine/house-duty';
import { houseMessage } from '#engine/keys';
import type { Rules } from '#engine/ports/rules';
import type { Store } from '#engine/ports/store';

export interface PolicyInForceOptions {
  readonly store: Store;
  readonly tenantId: TenantId;
  readonly file: string;
  readonly sandbox: boolean;
  /** Nothing is decided or applied by these rules: the file counts as it is, and nobody is asked. */
  readonly observe: boolean;
  readonly tenantNow: () => Instant;
}

export interface PolicyInForce extends Rules {
  readonly policy: Policy;
  /** Looks at the file again and again; a changed one is put before those who may sign it. */
  readonly watch: HouseDuty;
}

/** A changed file is noticed this soon; another instance follows a signature this soon. */
const lookMs = 2_000;

/**
 * The rules in force: those that were signed last, or the file where none are kept yet. Throws `OperatorError` where neither can be
 * read. A file that is broken while signed rules are there stops nothing.
 */
export async function openPolicyInForce(options: PolicyInForceOptions): Promise<PolicyInForce> {
  const { store, tenantId, file } = options;
  let held = options.observe ? await ofFile(options) : await firstHeld(options);
  let lookedAt = '';

  async function refresh(): Promise<void> {
    if (options.observe) return;
    const kept = await store.get(tenantId, 'policyVersion', 'in-force');
    if (kept && kept.body.text !== held.text) held = read(kept.body.text, options);
  }

  return {
    get policy() {
      return held.policy;
    },
    refresh,
    watch: {
      name: 'policy',
      everyMs: lookMs,
      async act(engine) {
        if (options.observe) return;
        await refresh();
        const seen = await lookAt(file, held, options);
        const look = `${seen.kind}/${seen.kind === 'in-force' ? '' : seen.hash}/${hashOfPolicy(held.policy)}`;
        await noticePolicyFile(engine, seen, look !== lookedAt);
        lookedAt = look;
      },
    },
  };
}

interface Held {
  readonly text: string;
  readonly policy: Policy;
}

function read(text: string, { file, sandbox }: PolicyInForceOptions): Held {
  return { text, policy: parsePolicy(text, file, { sandbox }) };
}

async function ofFile(options: PolicyInForceOptions): Promise<Held> {
  return read(await readPolicyText(options.file), options);
}

/** The first start takes the file as it is; so does a version of Latchkey that cannot read the rules which were signed. */
async function firstHeld(options: PolicyInForceOptions): Promise<Held> {
  const { store, tenantId } = options;
  for (;;) {
    const kept = await store.get(tenantId, 'policyVersion', 'in-force');
    const signed = kept && readable(kept.body, options);
    if (signed) return signed;
    const held = await ofFile(options);
    const adopted = kept ? 'upgrade' : 'first-start';
    const seenAt = options.tenantNow();
    const hash = hashOfPolicy(held.policy);
    const entry = {
      chain: houseChain,
      type: kept ? 'policy.adopted-on-upgrade' : 'policy.adopted',
      at: seenAt,
      actor: { kind: 'clock' },
      data: kept ? { hash, from: kept.body.hash } : { hash },
    } as const;
    const result = await store.commit({
      tenantId,
      state: [
        {
          collection: 'policyVersion',
          key: 'in-force',
          expect: kept?.version ?? 0,
          body: { hash, text: held.text, seenAt, adopted },
        },
      ],
      evidence: [entry],
      outbox: kept ? [houseMessage('role/it', 'policy', `upgrade/${hash}`)] : [],
    });
    if (result.ok) return held;
  }
}

function readable(kept: PolicyVersion, options: PolicyInForceOptions): Held | undefined {
  try {
    return read(kept.text, options);
  } catch (error) {
    if (error instanceof OperatorError) return undefined;
    throw error;
  }
}

async function lookAt(file: string, held: Held, options: PolicyInForceOptions): Promise<PolicyFileSeen> {
  let text = '';
  try {
    text = await readPolicyText(file);
    const { policy } = read(text, options);
    const [hash, replaces] = [hashOfPolicy(policy), hashOfPolicy(held.policy)];
    if (hash === replaces) return { kind: 'in-force' };
    return { kind: 'different', hash, text, replaces, differences: policyDifferences(held.policy, policy) };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { kind: 'unusable', hash: sha256Hex(`${text}\n${error.message}`), text, problem: error.message };
  }
}

/** What differs between two sets of rules, each value with what it does. */
export function policyDifferences(before: Policy, after: Policy): readonly PolicyDifference[] {
  const plain = (policy: Policy) => JSON.parse(JSON.stringify(policy)) as Json;
  return valueDifferences(plain(before), plain(after)).map((difference) => {
    const about = describePolicy(difference.path);
    return about === undefined ? difference : { ...difference, about };
  });
}
