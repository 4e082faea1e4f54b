import assert from 'node:assert/strict';
import { people } from '#sandbox/firm/ids';
import { disableAccount } from '#steps/users/disable-account';
import { revokeSignInSessions } from '#steps/users/revoke-sign-in-sessions';
import { changesOf } from '../contracts/step.js';
import { startTestTenant, type TestTenant } from './tenant.js';

describe('[unit] steps/users', () => {
  let tenant: TestTenant;
  const planFor = (userId: string) => disableAccount.plan(tenant.context(userId), null);

  before(async () => {
    tenant = await startTestTenant();
  });

  after(() => tenant.close());

  it('blocks a synchronised account in Entra and asks for Active Directory by hand', async () => {
    const planned = await planFor(people.syncedFromActiveDirectory);
    assert.deepEqual(
      planned.map(({ kind }) => kind),
      ['change', 'blocked'],
    );
    const [, byHand] = planned;
    assert.ok(byHand?.kind === 'blocked');
    assert.equal(byHand.code, 'latchkey.ad-synced');
    assert.notEqual(byHand.key, changesOf(planned)[0]?.key);
  });

  it('records an account that somebody disabled earlier as not needed, with what was seen', async () => {
    const [planned] = await planFor(people.disabledByHand);
    assert.ok(planned?.kind === 'not-needed');
    assert.equal(planned.observation.text, 'Sign-in is blocked already');
  });

  it('waits for the shared mailbox where a rule would take the mailbox licence from a blocked account', async () => {
    const [change] = changesOf(await planFor(people.licensedThroughDynamicGroup));
    assert.deepEqual(change?.alsoAfter, ['mailbox.convert-to-shared']);
    assert.match(change?.attention ?? '', /SG-Licence-Engineering/);
  });

  it('waits for nothing where a plain group or nobody gives the licence', async () => {
    for (const userId of [people.licensedThroughGroup, people.alexMorgan, people.guest, people.withoutMailbox]) {
      const [change] = changesOf(await planFor(userId));
      assert.equal(change?.alsoAfter, undefined);
      assert.equal(change?.attention, undefined);
    }
  });

  it('ends the sessions of somebody who was disabled earlier all the same', async () => {
    const planned = await revokeSignInSessions.plan(tenant.context(people.disabledByHand), null);
    assert.equal(changesOf(planned).length, 1);
  });

  it('does not cover a change that would let somebody in', async () => {
    const [change] = changesOf(await planFor(people.alexMorgan));
    assert.ok(change);
    const opened = { ...change, before: change.after, after: change.before };
    assert.equal(disableAccount.covers({ intent: null, changes: [change] }, opened), false);
    assert.equal(disableAccount.describe(opened).will, 'Sign-in is allowed again');
  });
});
