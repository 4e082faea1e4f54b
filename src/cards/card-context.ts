import type { Change } from '#domain/change';
import type { StepId, UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Policy } from '#domain/policy';
import type { Calendar } from '#engine/ports/calendar';
import type { StepText } from '#engine/step';

/** Through whose eyes a card is drawn; decides what it names and what it asks for. */
export interface Viewer {
  readonly userId: UserId;
  readonly sees: 'requester' | 'hr' | 'manager' | 'it' | 'leadership';
  /** What waits for them, as read from the directory: `<partHash>/<requirementId>`. Not given: as far as the plan itself tells. */
  readonly decides?: readonly string[];
}

/** What every card is given besides the state it shows. */
export interface CardContext {
  readonly calendar: Calendar;
  readonly policy: Policy;
  /** The words for a change: `describeChange` of the case's workflow. */
  readonly describe: (stepId: StepId, change: Change) => StepText;
  readonly now: Instant;
  /** None: a channel, or nobody in particular; such a card shows the least. */
  readonly viewer?: Viewer;
  /** Display name of somebody who decided or worked on the case, where it is known. */
  readonly nameOf?: (userId: UserId) => string | undefined;
  /** The steps that wait for this one, directly or through others. */
  readonly dependents?: (stepId: StepId) => readonly StepId[];
  /** Who may be given an exception: of the owning group and its leadership, by name. */
  readonly assignees?: readonly { readonly userId: UserId; readonly displayName: string }[];
  /** What the case's workflow can leave alone for a while: the word of the command and what it means. */
  readonly keepable?: readonly { readonly word: string; readonly title: string }[];
  /** Hash of the case's last evidence row: 64 hex digits. */
  readonly evidenceHead?: string;
}
