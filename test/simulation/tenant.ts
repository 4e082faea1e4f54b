import { Failure, type FailureKind } from '#domain/failure';
import type { Chance } from './chance.js';
import type { VirtualTime } from './virtual-time.js';

/** One thing in the simulated tenant: it is either as it was or as a step wants it. */
export interface SimObject {
  readonly id: string;
  readonly kind: string;
  /** Every value it had and from when on: what replicas lag behind. */
  readonly history: { readonly at: number; readonly value: string }[];
  /** How often a write by Latchkey took effect: more than once is harm, unless the step is a `set`. */
  effects: number;
  /** What the service answers to every write until somebody puts it right. */
  refusal: FailureKind | undefined;
  /** Planning says that Latchkey cannot do it, until somebody puts it right. */
  blocked: boolean;
}

export interface TenantCall {
  readonly by: string;
  readonly op: 'read' | 'list' | 'write';
  readonly id: string;
  readonly sentAt: number;
  /** When the caller had the answer. */
  readonly answeredAt: number;
  readonly outcome: FailureKind | 'ok';
  readonly value: string | undefined;
  readonly took: boolean;
}

export interface Tenant {
  readonly objects: Map<string, SimObject>;
  readonly calls: TenantCall[];
  /** Chance of trouble per call; 0 ends the storm. */
  storm: number;
  /** Chance that a call takes seconds. */
  slowness: number;
  add(kind: string, id: string, value: string): SimObject;
  /** By somebody else, at once and without trouble. */
  set(id: string, value: string): void;
  truth(id: string): string;
  read(by: string, id: string): Promise<string>;
  list(
    by: string,
    kind: string,
  ): Promise<readonly { readonly id: string; readonly value: string; readonly blocked: boolean }[]>;
  write(by: string, id: string, value: string): Promise<void>;
}

export const maxLagMs = 20_000;
const maxLatencyMs = 12_000;
const answerPatienceMs = 10_000;
/** A write whose answer was lost may still be on its way when the wait for it has ended. */
const maxLateMs = 5_000;

export function simulatedTenant(time: VirtualTime, luck: Chance): Tenant {
  const objects = new Map<string, SimObject>();
  const calls: TenantCall[] = [];
  const laggards = luck.happens(0.6) ? maxLagMs : 500;
  const spread = luck.happens(0.5) ? 1 : 3;

  const find = (id: string): SimObject => {
    const object = objects.get(id);
    if (!object) throw failure('not-found', `${id} is not there`);
    return object;
  };
  const valueAt = (object: SimObject, when: number): string =>
    (object.history.findLast((h) => h.at <= when) ?? object.history[0])?.value ?? '';
  /** Each read asks some replica. */
  const seen = (object: SimObject): string => valueAt(object, time.now() - luck.fraction() ** spread * laggards);
  const latency = () =>
    time.wait(luck.happens(tenant.slowness) ? luck.between(500, maxLatencyMs) : luck.between(20, 200));

  async function call<T>(
    by: string,
    op: TenantCall['op'],
    id: string,
    value: string | undefined,
    act: () => [T, boolean],
  ) {
    const sentAt = time.now();
    const note = (outcome: TenantCall['outcome'], took: boolean, read?: string) =>
      calls.push({ by, op, id, sentAt, answeredAt: time.now(), outcome, value: read ?? value, took });
    await latency();
    try {
      const [answer, took] = act();
      await latency();
      note('ok', took, typeof answer === 'string' ? answer : undefined);
      return answer;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // That an answer is lost is noticed by waiting for it.
      if (error.detail.kind === 'unknown-outcome') await time.wait(answerPatienceMs);
      note(error.detail.kind, false);
      throw error;
    }
  }

  function take(object: SimObject, value: string): void {
    object.effects += 1;
    object.history.push({ at: time.now(), value });
  }

  function writeTrouble(object: SimObject, value: string): void {
    if (object.refusal) throw failure(object.refusal, `${object.id} may not be changed`);
    if (!luck.happens(tenant.storm)) return;
    const kind = luck.pick(['throttled', 'broken', 'not-yet-visible', 'lost', 'lost', 'lost'] as const);
    if (kind === 'throttled') throw failure('throttled', 'too many requests', luck.between(500, 20_000));
    if (kind !== 'lost') throw failure(kind, 'not now');
    const fate = luck.pick(['never', 'now', 'late'] as const);
    if (fate === 'now') take(object, value);
    if (fate === 'late') time.at(time.now() + answerPatienceMs + luck.between(1, maxLateMs), () => take(object, value));
    throw failure('unknown-outcome', `no answer (${fate})`);
  }

  const tenant: Tenant = {
    objects,
    calls,
    storm: 0,
    slowness: 0.2,
    add(kind, id, value) {
      const history = [{ at: time.now(), value }];
      const object: SimObject = { id, kind, history, effects: 0, refusal: undefined, blocked: false };
      objects.set(id, object);
      return object;
    },
    set(id, value) {
      find(id).history.push({ at: time.now(), value });
    },
    truth: (id) => find(id).history.at(-1)?.value ?? '',
    read: (by, id) =>
      call(by, 'read', id, undefined, () => {
        readTrouble(tenant.storm, luck);
        return [seen(find(id)), false];
      }),
    list: (by, kind) =>
      call(by, 'list', kind, undefined, () => {
        readTrouble(tenant.storm, luck);
        const found = [...objects.values()].filter((o) => o.kind === kind);
        return [found.map((o) => ({ id: o.id, value: seen(o), blocked: o.blocked })), false];
      }),
    write: (by, id, value) =>
      call(by, 'write', id, value, () => {
        const object = find(id);
        writeTrouble(object, value);
        take(object, value);
        return [undefined, true];
      }),
  };
  return tenant;
}

function readTrouble(storm: number, luck: Chance): void {
  if (!luck.happens(storm)) return;
  if (luck.happens(0.3)) throw failure('throttled', 'too many requests', luck.between(500, 10_000));
  throw failure('broken', 'the service does not answer');
}

function failure(kind: FailureKind, message: string, retryAfterMs?: number): Failure {
  return new Failure(message, { kind, code: `sim.${kind}`, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
}
