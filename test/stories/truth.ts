import type { CaseState } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import type { SimulatedTenant, TrueUser } from './simulated-tenant.js';

type Check = (change: ChangeRecord['change'], truth: TrueUser) => boolean;

const isNoMember: Check = ({ target }, { groups }) => !groups.some(({ id }) => id === target.id);

/** What has to be so in the tenant when a change of the step is confirmed. */
const checks: Readonly<Record<string, Check>> = {
  'users.disable-account': (_change, { user }) => !user.accountEnabled,
  'users.revoke-sign-in-sessions': ({ before }, { user }) =>
    (user.signInSessionsValidFromDateTime ?? '') !== validFrom(before),
  'authentication-methods.delete-methods': ({ target }, { methods }) => !methods.some(({ id }) => id === target.id),
  'groups.leave-groups': isNoMember,
  'groups.leave-lists': isNoMember,
  'groups.leave-licence-groups': isNoMember,
  'mailbox.clear-forwarding': (_change, { mailbox }) =>
    mailbox?.forwardingAddress === null && mailbox.forwardingSmtpAddress === null,
  'mailbox.disable-forwarding-rules': ({ target }, { mailbox }) =>
    mailbox?.rules.every(({ id, isEnabled }) => id !== target.id || !isEnabled) === true,
  'mailbox.set-auto-reply': (_change, { mailbox }) => mailbox !== null && mailbox.autoReply.status !== 'disabled',
  'mailbox.grant-delegate': isOpenFor,
  'mailbox.end-delegate': (change, truth) => !isOpenFor(change, truth),
  'mailbox.convert-to-shared': (_change, { mailbox }) =>
    mailbox?.type === 'SharedMailbox' && mailbox.state === 'active',
  'licenses.remove-licences': ({ target }, { licences }) => !licences.includes(target.id),
};

/** For whom it was opened or closed; the mailbox's own entry (SELF) is always there. */
function isOpenFor({ after }: ChangeRecord['change'], { mailbox }: TrueUser): boolean {
  const { delegateId } = after as { readonly delegateId: string };
  const entries = mailbox?.fullAccess ?? [];
  return entries.some(({ trustee, accessRights }) => trustee === delegateId && accessRights.includes('FullAccess'));
}

function validFrom(before: unknown): string {
  return String(
    (before as { readonly signInSessionsValidFromDateTime?: unknown }).signInSessionsValidFromDateTime ?? '',
  );
}

/** What was granted for a time and taken back since, in a case that follows. */
function isTakenBack(state: CaseState, { stepId }: ChangeRecord, all: readonly CaseState[]): boolean {
  const later = all.filter(({ record }) => record.follows === state.record.caseId).flatMap(({ changes }) => changes);
  return (
    stepId === 'mailbox.grant-delegate' &&
    later.some((change) => change.stepId === 'mailbox.end-delegate' && change.status === 'confirmed')
  );
}

/** The keys of the changes that Latchkey calls confirmed and that are not so in the tenant. `all`: every case there is. */
export async function falseSuccesses(
  state: CaseState,
  tenant: SimulatedTenant,
  all: readonly CaseState[] = [],
): Promise<readonly string[]> {
  const truth = await tenant.state(state.record.person.userId);
  return state.changes
    .filter((record) => record.status === 'confirmed' && !isTakenBack(state, record, all))
    .filter(({ stepId, change }) => {
      const check = checks[stepId];
      if (!check) throw new Error(`no story knows what ${stepId} has to come to`);
      return !check(change, truth);
    })
    .map(({ change }) => change.key);
}
