import assert from 'node:assert/strict';
import { people } from '#sandbox/firm/ids';
import { deleteMethods } from '#steps/authentication-methods/delete-methods';
import { leaveGroups } from '#steps/groups/leave-groups';
import { leaveLicenceGroups } from '#steps/groups/leave-licence-groups';
import { leaveLists } from '#steps/groups/leave-lists';
import { removeLicences } from '#steps/licenses/remove-licences';
import { clearForwarding } from '#steps/mailbox/clear-forwarding';
import { convertToShared } from '#steps/mailbox/convert-to-shared';
import { disableForwardingRules } from '#steps/mailbox/disable-forwarding-rules';
import { endDelegate } from '#steps/mailbox/end-delegate';
import { grantDelegate } from '#steps/mailbox/grant-delegate';
import { setAutoReply } from '#steps/mailbox/set-auto-reply';
import { disableAccount } from '#steps/users/disable-account';
import { revokeSignInSessions } from '#steps/users/revoke-sign-in-sessions';
import { leaver } from '#workflows/leaver';
import { type StepCase, stepContract } from '../contracts/step.js';
import { startTestTenant, type TestTenant } from './tenant.js';

const userId = people.alexMorgan;

const toMorgan = {
  delegateId: people.morganLee,
  delegateUserPrincipalName: 'morgan.lee@northwind.example',
  delegateName: 'Morgan Lee',
};

const cases: readonly StepCase[] = [
  // Licensed through a group, so that the group's rule is looked at.
  { step: disableAccount, userId: people.licensedThroughGroup, changes: 1 },
  { step: revokeSignInSessions, userId, changes: 1 },
  { step: deleteMethods, userId, changes: 3 },
  { step: leaveGroups, userId, changes: 9 },
  { step: leaveLists, userId, changes: 3 },
  { step: clearForwarding, userId, changes: 1 },
  { step: disableForwardingRules, userId, changes: 1 },
  {
    step: setAutoReply,
    userId,
    intent: { message: 'Alex has left.\nPlease write to <sales@> & ask for "Morgan".' },
    changes: 1,
  },
  { step: grantDelegate, userId, intent: toMorgan, changes: 1 },
  { step: endDelegate, userId, intent: toMorgan, first: [grantDelegate], firstIntent: toMorgan, changes: 1 },
  { step: convertToShared, userId, changes: 1 },
  { step: leaveLicenceGroups, userId: people.licensedThroughGroup, first: [convertToShared], changes: 1 },
  { step: removeLicences, userId, first: [convertToShared], changes: 1 },
];

describe('[contract] steps', () => {
  let tenant: TestTenant;

  before(async () => {
    tenant = await startTestTenant();
  });

  after(() => tenant.close());

  it('covers every step of the leaver', () => {
    const held = cases.map(({ step }) => step.id);
    assert.deepEqual(
      leaver.steps.map(({ step }) => step.id).filter((id) => !held.includes(id)),
      [],
    );
  });

  for (const spec of cases) stepContract(() => tenant, spec);
});
