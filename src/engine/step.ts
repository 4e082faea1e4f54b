import type { Change, Risk } from '#domain/change';
import type { CaseId, StepId, TenantId, UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Json } from '#domain/json';
import type { Planned as PlannedOutcome } from '#domain/planned';
import type { Verdict } from '#domain/verdict';
import type { Exchange } from '#engine/ports/exchange';
import type { Graph } from '#engine/ports/graph';

/** What a step may look at. Never the clock of this machine, never another step. */
export interface StepContext {
  readonly tenantId: TenantId;
  readonly caseId: CaseId;
  /** Entra object id of the subject. */
  readonly userId: UserId;
  readonly graph: Graph;
  readonly exchange: Exchange;
  readonly now: Instant;
}

/** How a step speaks on cards. */
export interface StepText {
  /** Where it is grouped on the approval card. */
  readonly group: 'Sign-in' | 'Mail' | 'Files' | 'Access' | 'Devices' | 'Licences' | 'By hand';
  /** Before: "Leaves Sales UK". */
  readonly will: string;
  /** After it was proved: "Left Sales UK". */
  readonly done: string;
  /** Found to be otherwise after closure, going on after the person's name: "is in Sales UK". None: `done` is denied. */
  readonly back?: string;
}

export type Planned = PlannedOutcome;

export type Reversal =
  | { reverse(ctx: StepContext, change: Change, receipt?: Json): Promise<Change | { readonly blocked: string }> }
  | { readonly irreversible: string };

/**
 * One kind of change that Latchkey knows how to plan, apply, verify and reverse. `apply` and `verify` are driven by `change.after`
 * alone, so that a reversed change (before and after swapped) is applied by the same code.
 */
export interface Step<Intent extends Json = Json> {
  readonly id: StepId;
  /** Raised when what the step does changes: an approval of the old version does not cover the new one. */
  readonly version: number;
  /** Least application permissions; docs and `latchkey doctor` are generated from these. */
  readonly permissions: readonly string[];
  readonly executor: 'graph' | 'exchange' | 'person' | 'connector';
  readonly risk: Risk;
  /** What doing it again would do: nothing (`set`), a conflict that tells (`natural-key`), a second one unless a marker is looked for, a second one (`once`). */
  readonly effect: 'set' | 'natural-key' | 'marker' | 'once';
  readonly proof: 'read-back' | 'attestation';
  /** How a person does it when Latchkey cannot: where, and what there. One line, plain text. */
  readonly byHand: string;
  /** Only this blocks: steps of the same case that must have ended first. */
  readonly after: readonly StepId[];
  /** True where planning again after a success finds the same change again (ending sessions): it always acts. */
  readonly alwaysActs?: boolean;
  /** True where it takes back what was granted for a time: decided with the grant, so that nobody is asked again. */
  readonly endsGrant?: boolean;
  describe(change: Change): StepText;
  /** Reads only. One item per object, stable keys. */
  plan(ctx: StepContext, intent: Intent): Promise<readonly Planned[]>;
  /** Does the approval of then cover the change as it stands now? Narrow, and declared per step. */
  covers(approved: { readonly intent: Intent; readonly changes: readonly Change[] }, now: Change): boolean;
  /** Returns ids, times, operation urls; no secrets. Throws `Failure`. */
  apply(ctx: StepContext, change: Change): Promise<Json>;
  /** One fresh read; works without the receipt too, after a crash. */
  verify(ctx: StepContext, change: Change, receipt?: Json): Promise<Verdict>;
  readonly undo: Reversal;
}
