import type { Change } from '#domain/change';
import type { StepId } from '#domain/ids';
import type { Planned, Step } from '#engine/step';
import type { PartId, Workflow } from '#engine/workflow';

interface SimStep {
  readonly id: StepId;
  readonly part: PartId;
  readonly kind: string;
  readonly effect: Step['effect'];
  readonly after?: readonly StepId[];
  /** Whether an approval covers one that appeared since. */
  readonly coversNew?: boolean;
  /** What a read-back that sees the old state says. */
  readonly negative?: 'pending' | 'contradicted';
}

export const wanted = 'off';

/** The leaver's shape in small: every class of effect, and dependencies across all three parts. */
const simSteps: readonly SimStep[] = [
  { id: 'sim.close-account', part: 'access', kind: 'account', effect: 'set', coversNew: true },
  {
    id: 'sim.delete-methods',
    part: 'access',
    kind: 'method',
    effect: 'set',
    after: ['sim.close-account'],
    coversNew: true,
  },
  {
    id: 'sim.leave-groups',
    part: 'access',
    kind: 'group',
    effect: 'set',
    after: ['sim.close-account'],
    coversNew: true,
  },
  { id: 'sim.wipe-device', part: 'access', kind: 'device', effect: 'once', after: ['sim.close-account'] },
  { id: 'sim.grant-mailbox', part: 'hand-over', kind: 'grant', effect: 'natural-key' },
  { id: 'sim.notify-team', part: 'hand-over', kind: 'mail', effect: 'marker', after: ['sim.grant-mailbox'] },
  {
    id: 'sim.convert-mailbox',
    part: 'closing',
    kind: 'mailbox',
    effect: 'set',
    negative: 'contradicted',
  },
  {
    id: 'sim.remove-licence',
    part: 'closing',
    kind: 'licence',
    effect: 'marker',
    after: ['sim.convert-mailbox', 'sim.grant-mailbox'],
    negative: 'contradicted',
    coversNew: true,
  },
];

export function effectOf(stepId: StepId): Step['effect'] {
  return simSteps.find((step) => step.id === stepId)?.effect ?? 'once';
}

export function coversNew(stepId: StepId): boolean {
  return simSteps.find((step) => step.id === stepId)?.coversNew === true;
}

/** The step that plans objects of this kind. */
export function stepFor(kind: string): { readonly id: StepId; readonly part: PartId } {
  const found = simSteps.find((step) => step.kind === kind);
  if (!found) throw new Error(`no step plans a ${kind}`);
  return found;
}

const value = {
  parse(read: unknown): string {
    if (typeof read !== 'string') throw new TypeError('a value is text');
    return read;
  },
};

const listed = {
  parse(read: unknown): { readonly id: string; readonly value: string; readonly blocked: boolean } {
    if (typeof read !== 'object' || read === null || !('id' in read) || !('value' in read))
      throw new TypeError('an object');
    return { id: String(read.id), value: String(read.value), blocked: 'blocked' in read && read.blocked === true };
  },
};

function plannedFor(of: SimStep, item: ReturnType<typeof listed.parse>, accountWaits: boolean): Planned {
  const key = `${of.id}:${item.id}`;
  const target = { kind: 'group', id: item.id, displayName: item.id } as const;
  if (item.value === wanted)
    return { kind: 'not-needed', key, target, observation: { text: 'already so', data: { value: wanted } } };
  if (item.blocked)
    return {
      kind: 'blocked',
      key,
      target,
      code: 'sim.blocked',
      title: 'Blocked',
      saw: 'blocked',
      advice: 'Unblock it',
    };
  const change: Change = {
    key,
    target,
    before: { value: item.value },
    after: { value: wanted },
    ...(of.kind === 'account' && accountWaits ? { alsoAfter: ['sim.convert-mailbox' as const] } : {}),
  };
  return { kind: 'change', change };
}

function step(of: SimStep, accountWaits: boolean): Step {
  return {
    id: of.id,
    version: 1,
    permissions: [],
    executor: 'graph',
    risk: of.effect === 'once' ? 'destructive' : 'routine',
    effect: of.effect,
    proof: 'read-back',
    byHand: `by hand: ${of.kind}`,
    after: of.after ?? [],
    describe: ({ target }) => ({ group: 'Access', will: `will ${target.id}`, done: `done ${target.id}` }),
    async plan({ graph, userId }) {
      const found = await graph.list(`/objects?kind=${of.kind}`, listed);
      if (found.length > 0) return found.map((item) => plannedFor(of, item, accountWaits));
      const target = { kind: 'user', id: userId, displayName: userId } as const;
      const observation = { text: `no ${of.kind}`, data: { found: 0 } };
      return [{ kind: 'not-needed', key: `${of.id}:${userId}`, target, observation }];
    },
    covers: () => of.coversNew === true,
    async apply({ graph, now }, change) {
      await graph.patch(`/objects/${change.target.id}`, wanted);
      return { requestedAt: now };
    },
    async verify({ graph }, change) {
      const read = await graph.get(`/objects/${change.target.id}`, value);
      const outcome = read === wanted ? 'confirmed' : (of.negative ?? 'pending');
      return { outcome, observation: { text: `it is ${read}`, data: { value: read } } };
    },
    undo: { irreversible: 'only a simulation' },
  };
}

/** `accountWaits`: the account must not be closed before the mailbox is converted, which moves that step into the access part. */
export function simWorkflow(accountWaits: boolean): Workflow {
  return {
    kind: 'leaver',
    promise: { milestone: 'access closed', parts: ['access', 'closing'] },
    keepable: [
      { word: 'sign-in', title: 'Sign-in stays open', stepIds: ['sim.close-account'] },
      { word: 'groups', title: 'Groups stay', stepIds: ['sim.leave-groups'] },
    ],
    steps: simSteps.map((of) => ({ step: step(of, accountWaits), part: of.part })),
  };
}
