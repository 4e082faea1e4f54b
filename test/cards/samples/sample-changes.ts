import type { Change, Target } from '#domain/change';
import type { StepId } from '#domain/ids';
import type { StepText } from '#engine/step';
import type { PartId } from '#engine/workflow';

export interface SampleChange {
  readonly stepId: StepId;
  readonly part: PartId;
  readonly change: Change;
}

interface Words {
  readonly group: StepText['group'];
  readonly will: (name: string) => string;
  readonly done: (name: string) => string;
}

/** Words as the steps speak them; the cards themselves know no step. */
const words: Readonly<Record<string, Words>> = {
  'users.disable-account': { group: 'Sign-in', will: () => 'Sign-in is blocked', done: () => 'Sign-in blocked' },
  'users.revoke-sign-in-sessions': {
    group: 'Sign-in',
    will: () => 'All sessions end',
    done: () => 'All sessions ended',
  },
  'authentication-methods.delete-methods': {
    group: 'Sign-in',
    will: (n) => `${n} is removed`,
    done: (n) => `${n} removed`,
  },
  'groups.leave-groups': { group: 'Access', will: (n) => `Leaves ${n}`, done: (n) => `Left ${n}` },
  'groups.leave-lists': { group: 'Access', will: (n) => `Leaves ${n}`, done: (n) => `Left ${n}` },
  'mailbox.clear-forwarding': { group: 'Mail', will: () => 'Forwarding stops', done: () => 'Forwarding stopped' },
  'mailbox.disable-forwarding-rules': {
    group: 'Mail',
    will: (n) => `Inbox rule ${n} is switched off`,
    done: (n) => `Inbox rule ${n} switched off`,
  },
  'mailbox.set-auto-reply': {
    group: 'Mail',
    will: () => 'Automatic reply is switched on',
    done: () => 'Automatic reply switched on',
  },
  'mailbox.grant-delegate': {
    group: 'Mail',
    will: (n) => `Mailbox opens for ${n}`,
    done: (n) => `Mailbox open for ${n}`,
  },
  'mailbox.convert-to-shared': { group: 'Mail', will: () => 'Mailbox becomes shared', done: () => 'Mailbox is shared' },
  'licenses.remove-licences': {
    group: 'Licences',
    will: (n) => `${n} returns to the pool`,
    done: (n) => `${n} back in the pool`,
  },
};

export function describeSample(stepId: StepId, change: Change): StepText {
  const found = words[stepId];
  if (!found) throw new Error(`no sample words for ${stepId}`);
  return {
    group: found.group,
    will: found.will(change.target.displayName),
    done: found.done(change.target.displayName),
  };
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
      'Forwarding to alex.m@outlook.example, outside the firm, stops',
    ),
    sampleChange(
      'mailbox.disable-forwarding-rules',
      'access',
      'inboxRule',
      'To private',
      'Inbox rule "To private" forwards to alex.m@outlook.example, outside the firm',
    ),
    sampleChange('mailbox.set-auto-reply', 'hand-over', 'mailbox', 'Alex Morgan'),
    sampleChange('mailbox.grant-delegate', 'hand-over', 'mailbox', delegate),
    sampleChange('mailbox.convert-to-shared', 'closing', 'mailbox', 'Alex Morgan'),
    sampleChange('licenses.remove-licences', 'closing', 'license', 'Microsoft 365 Business Premium'),
  ];
}
