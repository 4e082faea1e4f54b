import assert from 'node:assert/strict';
import type { Change } from '#domain/change';
import { isFailure } from '#domain/failure';
import type { Json } from '#domain/json';
import type { Verdict } from '#domain/verdict';
import type { Planned, StepContext } from '#engine/step';
import type { WorkflowStep } from '#engine/workflow';
import { permissionsFor, type Route } from './step-permissions.js';

/** A step whatever its intent. */
type AnyStep = WorkflowStep['step'];

/** One line of the tenant's own log of what was called. */
export interface Called {
  readonly method: string;
  readonly url: string;
  readonly status: number | null;
  readonly cmdlet: string | null;
}

/** The tenant that a contract runs against. */
export interface ContractTenant {
  context(userId: string): StepContext;
  reset(): Promise<void>;
  log(): Promise<readonly Called[]>;
  clearLog(): Promise<void>;
  /** The person as they truly are, without lag and without times. */
  truth(userId: string): Promise<unknown>;
}

export interface StepCase {
  readonly step: AnyStep;
  readonly userId: string;
  readonly intent?: Json;
  /** Steps that must have been done for this one to be allowed. */
  readonly first?: readonly AnyStep[];
  /** What the steps before it are asked for; none: nothing. */
  readonly firstIntent?: Json;
  /** How many changes the simulated firm's person has for it. */
  readonly changes: number;
}

const settleMs = 5000;
const betweenReadsMs = 25;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export const changesOf = (planned: readonly Planned[]): readonly Change[] =>
  planned.flatMap((item) => (item.kind === 'change' ? [item.change] : []));

type Attempt = { readonly receipt: Json } | 'done-already' | 'later';

async function attempt(step: AnyStep, ctx: StepContext, change: Change): Promise<Attempt> {
  try {
    return { receipt: await step.apply(ctx, change) };
  } catch (error) {
    if (isFailure(error, 'not-yet-visible')) return 'later';
    if (isFailure(error, 'already-done')) return 'done-already';
    throw error;
  }
}

/** Applies as the engine does: what has to wait for others is tried again, what is done already goes on to its proof. */
async function applyAll(
  step: AnyStep,
  ctx: StepContext,
  changes: readonly Change[],
): Promise<ReadonlyMap<string, Json>> {
  const receipts = new Map<string, Json>();
  const until = Date.now() + settleMs;
  const waiting = [...changes];
  for (let change = waiting.shift(); change !== undefined; change = waiting.shift()) {
    assert.ok(Date.now() < until, `${change.key} could not be applied`);
    const outcome = await attempt(step, ctx, change);
    if (outcome === 'later') waiting.push(change);
    else if (outcome !== 'done-already') receipts.set(change.key, outcome.receipt);
    if (outcome === 'later') await pause(betweenReadsMs);
  }
  return receipts;
}

/** Reads back until it is confirmed, as the engine does, and fails on the verdict that was last seen. */
export async function settled(step: AnyStep, ctx: StepContext, change: Change, receipt?: Json): Promise<Verdict> {
  const until = Date.now() + settleMs;
  for (;;) {
    const verdict = await step.verify(ctx, change, receipt);
    if (verdict.outcome === 'confirmed') return verdict;
    assert.equal(verdict.outcome, 'pending', `${change.key}: ${verdict.observation.text}`);
    assert.ok(Date.now() < until, `${change.key} is not proved: ${verdict.observation.text}`);
    await pause(betweenReadsMs);
  }
}

/** Does a step wholly: plans, applies, waits for the proof of every change. */
export async function perform(step: AnyStep, ctx: StepContext, intent: Json = null): Promise<readonly Change[]> {
  const changes = changesOf(await step.plan(ctx, intent));
  await applyAll(step, ctx, changes);
  for (const change of changes) await settled(step, ctx, change);
  return changes;
}

const isRead = ({ method, url, cmdlet }: Called): boolean =>
  cmdlet === null ? method === 'GET' || url.endsWith('/$batch') : cmdlet.startsWith('Get-');

/** What every step owes the engine, held against the simulated tenant over HTTP. */
export function stepContract(tenant: () => ContractTenant, spec: StepCase): void {
  const { step, userId, intent = null } = spec;

  describe(`[contract] steps/${step.id}`, () => {
    let ctx: StepContext;
    let planned: readonly Planned[];
    let changes: readonly Change[];
    let called: readonly Called[];

    before(async () => {
      await tenant().reset();
      ctx = tenant().context(userId);
      for (const earlier of spec.first ?? []) await perform(earlier, ctx, spec.firstIntent);
      await tenant().clearLog();
      planned = await step.plan(ctx, intent);
      changes = changesOf(planned);
      called = await tenant().log();
    });

    it('plans by reading only, one change an object, under stable keys of its own', async () => {
      assert.equal(changes.length, spec.changes);
      assert.ok(called.length > 0, 'the tenant was read');
      assert.deepEqual(
        called.filter((call) => !isRead(call)),
        [],
      );
      const keys = planned.map((item) => (item.kind === 'change' ? item.change.key : item.key));
      assert.equal(new Set(keys).size, keys.length);
      assert.ok(keys.every((key) => key.startsWith(`${step.id}:`)));
      assert.deepEqual(changesOf(await step.plan(ctx, intent)), changes);
    });

    it('says what it will do and what it did, and that its own approval covers it', () => {
      for (const change of changes) {
        const { will, done } = step.describe(change);
        assert.ok(will.length > 0 && done.length > 0);
        assert.equal(step.covers({ intent, changes }, change), true);
      }
    });

    it('tells a person in one line where to do it by hand', () => {
      assert.match(step.byHand, /^[A-Z][^\n]{20,200}$/);
      assert.match(step.byHand, /admin centre|PowerShell/);
    });

    it('does not confirm what was not applied', async () => {
      for (const change of changes) {
        const verdict = await step.verify(ctx, change);
        assert.notEqual(verdict.outcome, 'confirmed', verdict.observation.text);
      }
    });

    it(`applied twice, does what its effect "${step.effect}" says`, async () => {
      assert.equal(step.effect, 'set', 'this suite knows how to hold steps that set');
      await applyAll(step, ctx, changes);
      for (const change of changes) await settled(step, ctx, change);
      const once = await tenant().truth(userId);
      await applyAll(step, ctx, changes);
      for (const change of changes) await settled(step, ctx, change);
      assert.deepEqual(await tenant().truth(userId), once);
    });

    it('is proved when the lag is over, with the receipt and without', async () => {
      const receipts = await applyAll(step, ctx, changes);
      for (const change of changes) {
        await settled(step, ctx, change, receipts.get(change.key));
        await settled(step, ctx, change);
      }
    });

    it(step.alwaysActs ? 'finds itself to do again: it always acts' : 'finds nothing to do again', async () => {
      const again = changesOf(await step.plan(ctx, intent)).map((change) => change.key);
      assert.deepEqual(again, step.alwaysActs ? changes.map((change) => change.key) : []);
    });

    it('restores what was, or says why it cannot', async () => {
      const { undo } = step;
      if ('irreversible' in undo) {
        assert.match(undo.irreversible, /\w+ \w+/);
        return;
      }
      for (const change of changes) {
        const reversed = await undo.reverse(ctx, change);
        assert.ok(!('blocked' in reversed), change.key);
        assert.notEqual((await step.verify(ctx, reversed)).outcome, 'confirmed');
        await applyAll(step, ctx, [reversed]);
        await settled(step, ctx, reversed);
        assert.notDeepEqual(step.describe(reversed), step.describe(change));
      }
      assert.deepEqual(changesOf(await step.plan(ctx, intent)), changes);
    });

    it('has a permission for every route it called, and calls for every permission it has', async () => {
      const routes = (await tenant().log()).filter(({ url }) => !url.endsWith('/$batch')).map(routeOf);
      const needed = new Map(routes.map((route) => [`${route.method} ${route.path}`, permissionsFor(route)]));
      for (const [route, enough] of needed) {
        assert.ok(
          enough.some((name) => step.permissions.includes(name)),
          `${route} needs one of ${enough.join(', ')}`,
        );
      }
      const unused = step.permissions.filter((name) => ![...needed.values()].some((enough) => enough.includes(name)));
      assert.deepEqual(unused, []);
    });
  });
}

function routeOf({ method, url, cmdlet }: Called): Route {
  if (cmdlet !== null) return { method: 'POST', path: '/InvokeCommand' };
  const path = decodeURIComponent(new URL(url, 'http://tenant').pathname).replace(/^\/v1\.0/, '');
  return { method, path };
}
