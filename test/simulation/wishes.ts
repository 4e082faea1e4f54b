import fc from 'fast-check';
import { openExceptions } from '#domain/case-state';
import type { CaseId, UserId } from '#domain/ids';
import { amendCase } from '#engine/amend-case';
import { askDeviation } from '#engine/ask-deviation';
import { cancelCase } from '#engine/cancel-case';
import { decidableBy, decidePart } from '#engine/decide-part';
import { delegateApprovals } from '#engine/delegate-approvals';
import type { Engine } from '#engine/engine';
import { loadCase } from '#engine/load-case';
import { reassignException } from '#engine/reassign-exception';
import { resolveException } from '#engine/resolve-exception';
import { hour, minute } from './scenario.js';
import { instantAt, type World } from './world.js';

/** Everybody at the firm who might type or click something, those who must not among them. */
export const firmsPeople = [
  'hr1',
  'hr2',
  'manager',
  'fallback',
  'ap1',
  'ap2',
  'it1',
  'lead',
  'leaver',
  'stranger',
] as const;

export type Wished =
  | { readonly kind: 'approve' | 'reject' }
  | { readonly kind: 'hold' | 'waive'; readonly forMinutes: number }
  | { readonly kind: 'keep'; readonly word: string; readonly forMinutes: number }
  | { readonly kind: 'reschedule'; readonly inMinutes: number }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'delegate'; readonly to: UserId; readonly forMinutes: number }
  | { readonly kind: 'retry' }
  | { readonly kind: 'reassign' };

export interface Event {
  readonly atMinutes: number;
  readonly who: UserId;
  readonly wish: Wished;
}

/** The hours of one generated case. */
export const horizon = 50 * hour;

const minutes = (most: number) => fc.integer({ min: -30, max: most / minute });
const who = fc.constantFrom(...firmsPeople);
const wish: fc.Arbitrary<Wished> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('approve' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reject' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hold' as const), forMinutes: minutes(30 * hour) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('waive' as const), forMinutes: minutes(30 * hour) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('keep' as const),
      word: fc.constantFrom('sign-in', 'groups', 'nonsense'),
      forMinutes: minutes(30 * hour),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reschedule' as const), inMinutes: minutes(40 * hour) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('delegate' as const), to: who, forMinutes: minutes(30 * hour) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('retry' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reassign' as const) }) },
);

export const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.record({ atMinutes: fc.integer({ min: 1, max: horizon / minute }), who, wish }),
  { maxLength: 25 },
);

/** Does what somebody wishes, as a click or a command would; answers how it was answered. */
export async function grantWish(world: World, engine: Engine, caseId: CaseId, { who, wish }: Event): Promise<string> {
  const until = 'forMinutes' in wish ? instantAt(world.time.now() + wish.forMinutes * minute) : '';
  const asked = { caseId, userId: who, until, reason: 'because' };
  switch (wish.kind) {
    case 'approve':
    case 'reject':
      return decideAll(engine, caseId, who, wish.kind === 'approve' ? 'approved' : 'rejected');
    case 'hold':
      return (await askDeviation(engine, { ...asked, wish: { kind: 'hold' } })).kind;
    case 'keep':
      return (await askDeviation(engine, { ...asked, wish: { kind: 'keep', word: wish.word } })).kind;
    case 'waive': {
      const exceptionId = await firstOpen(engine, caseId);
      const named = exceptionId === undefined ? {} : { exceptionId };
      return (await askDeviation(engine, { ...asked, wish: { kind: 'waive', ...named } })).kind;
    }
    case 'reschedule': {
      const at = instantAt(world.time.now() + wish.inMinutes * minute);
      return (await amendCase(engine, { caseId, userId: who, wish: { kind: 'date', at, immediate: false } })).kind;
    }
    case 'cancel':
      return (await cancelCase(engine, { caseId, userId: who, reason: 'a mistake' })).kind;
    case 'delegate':
      if (wish.to === who || wish.forMinutes <= 0) return 'refused';
      await delegateApprovals(engine, who, wish.to, until);
      return 'delegated';
    case 'retry': {
      const exceptionId = await firstOpen(engine, caseId);
      const named = exceptionId === undefined ? {} : { exceptionId };
      return (await resolveException(engine, { caseId, userId: who, ...named, how: { kind: 'retry' } })).kind;
    }
    case 'reassign': {
      const exceptionId = await firstOpen(engine, caseId);
      if (exceptionId === undefined) return 'nothing open';
      const to = { kind: 'role', role: 'itLeadership' } as const;
      return (await reassignException(engine, { caseId, userId: who, exceptionId, to })).kind;
    }
  }
}

async function firstOpen(engine: Engine, caseId: CaseId): Promise<string | undefined> {
  const state = await loadCase(engine.store, engine.tenantId, caseId);
  return state ? openExceptions(state)[0]?.exceptionId : undefined;
}

/** One part after the other, as on cards of their own. */
export async function decideAll(
  engine: Engine,
  caseId: CaseId,
  userId: UserId,
  outcome: 'approved' | 'rejected',
): Promise<string> {
  const state = await loadCase(engine.store, engine.tenantId, caseId);
  const waiting = state ? await decidableBy(engine, state, userId) : [];
  const hashes = [...new Set(waiting.map(({ part }) => part.partHash))];
  const answers: string[] = [];
  for (const shownHash of hashes.length > 0 ? hashes : ['forged'])
    answers.push((await decidePart(engine, { caseId, userId, outcome, shownHash, reason: 'because' })).kind);
  return answers.join();
}
