import type { Act } from '#bot/act';
import { cancel } from '#bot/amend/cancel';
import { changeHandOver, changeManager } from '#bot/amend/change';
import { reschedule } from '#bot/amend/reschedule';
import { delegateAct } from '#bot/delegate-approvals';

/** What can be confirmed, by the verb under which `askToConfirm` kept it. */
export const acts: Readonly<Record<string, Act>> = {
  reschedule,
  cancel,
  'change-hand-over': changeHandOver,
  'change-manager': changeManager,
  'delegate-approvals': delegateAct,
};
