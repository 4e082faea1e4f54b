import type { Change, Target } from '#domain/change';
import type { StepId } from '#domain/ids';
import type { StepText } from '#engine/step';
import { describeChange, type PartId } from '#engine/workflow';
import { leaver } from '#workflows/leaver';

export interface SampleChange {
  readonly stepId: StepId;
  readonly part: PartId;
  readonly change: Change;
}

/** The words of the steps themselves, so that what is looked at is what people get. */
export function describeSample(stepId: StepId, change: Change): StepText {
  return describeChange(leaver, stepId, change);
}

export function sampleChange(
  stepId: StepId,
  part: PartId,
  kind: Target['kind'],
  displayName: string,
  attention?: string,
): SampleChange {
  const id = `${stepId}-${displayName}`.replaceAll(/\W+/g, '-').toLowerCase();
  const change = { key: `${stepId}:${id}`, target: { kind, id, displayName }, before: true, after: false };
  return { stepId, part, change: attention === undefined ? change : { ...change, attention } };
}

const groups = [
  'All Staff',
  'Sales UK',
  'Sales EMEA',
  'Forecast-RW',
  'Pricing-R',
  'London',
  'VPN Users',
  'Leads-RW',
  'Deal Desk',
];
const lists = ['sales', 'london', 'q4-deals'];

function delegation(delegateName: string): SampleChange {
  const sample = sampleChange('mailbox.grant-delegate', 'hand-over', 'mailbox', 'Mailbox');
  const after = { delegateId: 'd', delegateUserPrincipalName: 'd@northwind.example', delegateName, fullAccess: true };
  return { ...sample, change: { ...sample.change, after } };
}

/** What the example leaver has. `names` replaces the groups (long or hostile ones). */
export function leaverChanges(delegate: string, names: readonly string[] = groups): readonly SampleChange[] {
  return [
    sampleChange('users.disable-account', 'access', 'user', 'Alex Morgan'),
    sampleChange('users.revoke-sign-in-sessions', 'access', 'user', 'Alex Morgan'),
    ...['iPhone', 'Authenticator on Pixel 9', 'Security key'].map((n) =>
      sampleChange('authentication-methods.delete-methods', 'access', 'authenticationMethod', n),
    ),
    ...names.map((n) => sampleChange('groups.leave-groups', 'access', 'group', n)),
    ...lists.map((n) => sampleChange('groups.leave-lists', 'access', 'list', n)),
    sampleChange(
      'mailbox.clear-forwarding',
      'access',
      'mailbox',
      'Alex Morgan',
      'Forwarded until now to alex.m@outlook.example, an address outside the firm',
    ),
    sampleChange(
      'mailbox.disable-forwarding-rules',
      'access',
      'inboxRule',
      'To private',
      'A rule sends mail on to alex.m@outlook.example, outside the firm',
    ),
    sampleChange('mailbox.set-auto-reply', 'hand-over', 'mailbox', 'Alex Morgan'),
    delegation(delegate),
    sampleChange('mailbox.convert-to-shared', 'closing', 'mailbox', 'Alex Morgan'),
    sampleChange('licenses.remove-licences', 'closing', 'license', 'Microsoft 365 Business Premium'),
  ];
}
