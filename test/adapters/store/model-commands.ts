import { expect } from 'chai';
import fc from 'fast-check';
import type { Commit, Lease } from '#engine/ports/store';
import { earlier, instant, type MessageModel, type Model, type Real, tenant, type WorkModel } from './model.js';

type Command = fc.AsyncCommand<Model, Real>;

function command(name: string, run: (model: Model, real: Real) => Promise<void>, check = (_: Model) => true): Command {
  return { check, run, toString: () => name };
}

const caseIds = ['L-1', 'L-2'];
const leaseMs = 10;

interface Wanted {
  readonly writes: readonly { readonly key: string; readonly expect: number | undefined; readonly remove: boolean }[];
  readonly value: number;
  readonly lease: number | undefined;
  readonly wake:
    | { readonly caseId: string; readonly due: number | undefined; readonly mode: 'sooner' | 'set' }
    | undefined;
  readonly message: string | undefined;
  readonly event: string | undefined;
}

const wanted: fc.Arbitrary<Wanted> = fc.record({
  writes: fc.uniqueArray(
    fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      expect: fc.option(fc.nat(3), { nil: undefined }),
      remove: fc.nat(3).map((n) => n === 0),
    }),
    { maxLength: 2, selector: ({ key }) => key },
  ),
  value: fc.nat(99),
  lease: fc.option(fc.nat(4), { nil: undefined }),
  wake: fc.option(
    fc.record({
      caseId: fc.constantFrom(...caseIds),
      due: fc.option(fc.nat(30), { nil: undefined, freq: 9 }),
      mode: fc.constantFrom('sooner', 'set'),
    }),
    { nil: undefined },
  ),
  message: fc.option(fc.constantFrom('m', 'n'), { nil: undefined }),
  event: fc.option(fc.constantFrom('1', '2', '3', '4', '5', '6'), { nil: undefined, freq: 2 }),
});

/** What the contract says of it, in the order in which it is refused. */
function expected(model: Model, want: Wanted): string | undefined {
  if (want.event !== undefined && model.inbox.has(want.event)) return `duplicate hr/${want.event}`;
  const lease = want.lease === undefined ? undefined : model.leases[want.lease];
  if (lease) {
    const work = model.work.get(lease.caseId);
    if (work?.epoch !== lease.epoch || work.until <= model.machineNow) return `fenced ${lease.caseId}`;
  }
  for (const { key, expect: version } of [...want.writes].sort((a, b) => a.key.localeCompare(b.key))) {
    if (version !== undefined && (model.documents.get(key)?.version ?? 0) !== version) return `conflict counter/${key}`;
  }
  return undefined;
}

function carryOut(model: Model, want: Wanted): void {
  if (want.event !== undefined) model.inbox.add(want.event);
  for (const { key, remove } of want.writes) {
    if (remove) model.documents.delete(key);
    else model.documents.set(key, { version: (model.documents.get(key)?.version ?? 0) + 1, value: want.value });
  }
  if (want.wake) wakeUp(model, want.wake, want.lease === undefined ? undefined : model.leases[want.lease]?.caseId);
  if (want.message !== undefined) say(model, want.message);
  model.evidence += 1;
}

function wakeUp(model: Model, { caseId, due, mode }: NonNullable<Wanted['wake']>, runner: string | undefined): void {
  if (mode === 'sooner' && due === undefined) return;
  const work = model.work.get(caseId) ?? { due: undefined, nudge: undefined, epoch: 0, until: 0 };
  model.work.set(caseId, work);
  const own = runner === caseId;
  if (mode === 'sooner') work.due = earlier(work.due, due);
  else work.due = own ? earlier(due, work.nudge) : due;
  if (!own) work.nudge = mode === 'sooner' ? earlier(work.nudge, due) : due;
}

function say(model: Model, key: string): void {
  const old = model.outbox.get(key);
  model.enqueued += 1;
  const fresh: MessageModel = {
    version: 1,
    attempt: 0,
    notBefore: 0,
    takenUntil: 0,
    takenAs: undefined,
    order: model.enqueued,
  };
  model.outbox.set(key, old ? { ...old, version: old.version + 1, attempt: 0, notBefore: 0 } : fresh);
}

function toCommit(real: Real, model: Model, want: Wanted): Commit {
  const lease = want.lease === undefined ? undefined : real.leases[want.lease];
  return {
    tenantId: tenant,
    state: want.writes.map(({ key, expect: version, remove }) => ({
      collection: 'counter',
      key,
      body: remove ? null : { value: want.value },
      ...(version !== undefined && { expect: version }),
    })),
    evidence: [{ chain: 'L-1', type: 'case.noted', at: instant(0), actor: { kind: 'clock' }, data: { n: want.value } }],
    outbox: want.message === undefined ? [] : [{ key: want.message, audience: 'person/p', kind: 'case' }],
    ...(lease && { lease: { lease, machineNow: model.machineNow } }),
    ...(want.wake && {
      wake: [
        {
          caseId: want.wake.caseId,
          dueAt: want.wake.due === undefined ? undefined : instant(want.wake.due),
          mode: want.wake.mode,
        },
      ],
    }),
    ...(want.event !== undefined && { inbox: { source: 'hr', externalId: want.event } }),
  };
}

function commit(want: Wanted): Command {
  return command(`commit ${fc.stringify(want)}`, async (model, real) => {
    const refusal = expected(model, want);
    const result = await real.store.commit(toCommit(real, model, want));
    expect(result.ok ? undefined : `${result.reason} ${result.key}`).to.equal(refusal);
    if (refusal === undefined) carryOut(model, want);
    const stored = await real.store.list(tenant, 'counter');
    const modelled = [...model.documents].sort(([a], [b]) => a.localeCompare(b));
    expect(stored).to.deep.equal(modelled.map(([key, { version, value }]) => ({ key, version, body: { value } })));
  });
}

const claim = command('claim', async (model, real) => {
  const due = [...model.work].filter(
    ([, { due: at, until }]) => at !== undefined && at <= model.tenantNow && until <= model.machineNow,
  );
  const [first] = due.sort(([a, x], [b, y]) => (x.due ?? 0) - (y.due ?? 0) || a.localeCompare(b));
  const lease = await real.store.claimCase(tenant, 'w', instant(model.tenantNow), model.machineNow, leaseMs);
  expect(lease?.caseId).to.equal(first?.[0]);
  if (!lease || !first) return;
  const [caseId, work] = first;
  Object.assign(work, { epoch: work.epoch + 1, until: model.machineNow + leaseMs, nudge: undefined });
  expect(lease).to.include({ epoch: work.epoch, until: work.until });
  real.leases.push(lease);
  model.leases.push({ caseId, epoch: work.epoch });
});

function onLease(n: number, act: (model: Model, real: Real, lease: Lease, work: WorkModel) => Promise<void>): Command {
  return command(
    `${act.name} ${n}`,
    async (model, real) => {
      const lease = real.leases[n];
      const work = model.work.get(lease?.caseId ?? '');
      if (!lease || !work) throw new Error('the model lost a lease');
      await act(model, real, lease, work);
    },
    (model) => n < model.leases.length,
  );
}

async function renew(model: Model, real: Real, lease: Lease, work: WorkModel): Promise<void> {
  const renewed = await real.store.renewLease(lease, model.machineNow, leaseMs);
  const live = work.epoch === lease.epoch && work.until > model.machineNow;
  expect(renewed?.until).to.equal(live ? model.machineNow + leaseMs : undefined);
  if (live) work.until = model.machineNow + leaseMs;
}

async function release(_model: Model, real: Real, lease: Lease, work: WorkModel): Promise<void> {
  await real.store.releaseLease(lease);
  if (work.epoch === lease.epoch) work.until = 0;
}

const take = command('take', async (model, real) => {
  const free = [...model.outbox].filter(
    ([, { notBefore, takenUntil }]) => Math.max(notBefore, takenUntil) <= model.machineNow,
  );
  const first = free.sort(([, a], [, b]) => a.order - b.order).slice(0, 1);
  const items = await real.store.takeOutbox(tenant, model.machineNow, leaseMs, 1);
  expect(items.map(({ key, version, attempt }) => [key, version, attempt])).to.deep.equal(
    first.map(([key, { version, attempt }]) => [key, version, attempt + 1]),
  );
  for (const [key, message] of first) {
    Object.assign(message, {
      attempt: message.attempt + 1,
      takenUntil: model.machineNow + leaseMs,
      takenAs: model.items.length,
    });
    model.items.push({ key, version: message.version });
  }
  real.items.push(...items);
});

function settle(n: number, kind: 'sent' | 'retry' | 'drop', wait: number): Command {
  return command(
    `settle ${n} ${kind}`,
    async (model, real) => {
      const item = real.items[n];
      const known = model.items[n];
      if (!item || !known) throw new Error('the model lost a message');
      const retryAt = model.machineNow + wait;
      await real.store.settleOutbox(item, kind === 'retry' ? { kind, retryAt } : { kind });
      const message = model.outbox.get(known.key);
      if (message?.takenAs !== n) return;
      if (kind !== 'retry' && message.version === known.version) model.outbox.delete(known.key);
      else
        Object.assign(message, { takenUntil: 0, takenAs: undefined, ...(kind === 'retry' && { notBefore: retryAt }) });
    },
    (model) => n < model.items.length,
  );
}

function pass(machine: number, minutes: number): Command {
  return command(`pass ${machine} ${minutes}`, async (model, real) => {
    model.machineNow += machine;
    model.tenantNow += minutes;
    const free = [...model.work.values()].filter(({ until }) => until === 0);
    const due = free.map((work) => work.due).reduce(earlier, undefined);
    expect(await real.store.nextCaseDueAt(tenant)).to.equal(due === undefined ? undefined : instant(due));
  });
}

export const commands: fc.Arbitrary<Command>[] = [
  wanted.map(commit),
  fc.constant(claim),
  fc.tuple(fc.nat(5), fc.constantFrom(renew, release)).map(([n, act]) => onLease(n, act)),
  fc.constant(take),
  fc
    .tuple(fc.nat(5), fc.constantFrom('sent', 'retry', 'drop'), fc.nat(15))
    .map(([n, kind, wait]) => settle(n, kind, wait)),
  fc.tuple(fc.nat(8), fc.nat(4)).map(([machine, minutes]) => pass(machine, minutes)),
];
