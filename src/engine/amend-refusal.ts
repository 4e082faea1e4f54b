import type { CaseState } from '#domain/case-state';
import type { UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Part, Role } from '#domain/part';
import { decidableBy } from '#engine/decide-part';
import type { Engine } from '#engine/engine';
import { seesAs } from '#engine/may-see';
import { basePartId } from '#engine/plan-parts';
import { handOverDecider } from '#engine/requirements';

/** What is to be changed: the date, who decides, who gets what; `cancel`: all of it. */
export type AmendKind = 'date' | 'manager' | 'hand-over' | 'cancel';

/** Why a case cannot be changed in this way, or not by this person. */
export type AmendRefusal =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' }
  /** Who would choose themselves to get something. */
  | { readonly kind: 'own-benefit' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'completed'; readonly at: Instant }
  /** `closedAt`: when access was proved closed, if it was. */
  | { readonly kind: 'begun'; readonly at: Instant; readonly closedAt?: Instant };

interface Person {
  readonly userId: UserId;
  readonly roles: readonly Role[];
}

/** HR may change everything of a case until it begins; whoever decides on the hand-over, that alone until it begins. */
export async function amendRefusal(
  engine: Engine,
  state: CaseState,
  person: Person,
  what: AmendKind,
): Promise<AmendRefusal | undefined> {
  const { record } = state;
  const decides = what === 'hand-over' && (await decidesHandOver(engine, state, person.userId));
  if (!decides && !seesAs(record, engine, person.userId, person.roles)) return { kind: 'unknown' };
  if (!decides && !person.roles.includes('hr')) return { kind: 'not-yours' };
  if (record.cancelled) return { kind: 'cancelled' };
  if (record.milestones.completedAt) return { kind: 'completed', at: record.milestones.completedAt };
  const begun = begunAt(state, what);
  const { accessClosedAt } = record.milestones;
  return begun ? { kind: 'begun', at: begun, ...(accessClosedAt ? { closedAt: accessClosedAt } : {}) } : undefined;
}

/** When that began which the change would be about. */
function begunAt(state: CaseState, what: AmendKind): Instant | undefined {
  const about = (part: Part) => what === 'date' || what === 'cancel' || basePartId(part.partId) === 'hand-over';
  return state.parts
    .filter((part) => part.purpose === 'do' && about(part))
    .flatMap(({ startedAt }) => (startedAt ? [startedAt] : []))
    .sort()
    .at(0);
}

/** By name, or because it waits for them now in somebody's place. The subject never does. */
async function decidesHandOver(engine: Engine, state: CaseState, userId: UserId): Promise<boolean> {
  const { record } = state;
  if (record.person.userId === userId) return false;
  if (handOverDecider(record, engine.policy).userId === userId) return true;
  const waiting = await decidableBy(engine, state, userId);
  return waiting.some(({ part }) => part.purpose === 'do' && basePartId(part.partId) === 'hand-over');
}
