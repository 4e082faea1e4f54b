import assert from 'node:assert/strict';
import type { Planned } from '#engine/step';
import { people } from '#sandbox/firm/ids';
import { clearForwarding } from '#steps/mailbox/clear-forwarding';
import { convertToShared } from '#steps/mailbox/convert-to-shared';
import { disableForwardingRules } from '#steps/mailbox/disable-forwarding-rules';
import { grantDelegate } from '#steps/mailbox/grant-delegate';
import { htmlOf, wordsOf } from '#steps/mailbox/reply-text';
import { setAutoReply } from '#steps/mailbox/set-auto-reply';
import { changesOf, perform } from '../contracts/step.js';
import { startTestTenant, type TestTenant } from './tenant.js';

const toMorgan = {
  delegateId: people.morganLee,
  delegateUserPrincipalName: 'morgan.lee@northwind.example',
  delegateName: 'Morgan Lee',
};
const message = { message: 'I have left Northwind.' };

const observed = (planned: readonly Planned[]) =>
  planned.map((item) => (item.kind === 'not-needed' ? item.observation.text : item.kind));

describe('[unit] steps/mailbox', () => {
  let tenant: TestTenant;

  before(async () => {
    tenant = await startTestTenant();
  });

  beforeEach(() => tenant.reset());

  after(() => tenant.close());

  for (const who of ['guest', 'withoutMailbox', 'serviceAccount'] as const) {
    it(`says of every mailbox step in one line that there is no mailbox: ${who}`, async () => {
      const ctx = tenant.context(people[who]);
      const plans = await Promise.all([
        clearForwarding.plan(ctx, null),
        disableForwardingRules.plan(ctx, null),
        setAutoReply.plan(ctx, message),
        grantDelegate.plan(ctx, toMorgan),
        convertToShared.plan(ctx, null),
      ]);
      for (const planned of plans) assert.deepEqual(observed(planned), ['Has no mailbox']);
    });
  }

  it('finds and switches off a forwarding rule that neither Outlook nor Graph shows', async () => {
    const [change] = await perform(disableForwardingRules, tenant.context(people.disabledByHand));
    assert.match(change?.attention ?? '', /^A hidden rule sends mail on to theo\.grant@mail\.example/);
    assert.deepEqual(changesOf(await disableForwardingRules.plan(tenant.context(people.disabledByHand), null)), []);
  });

  it('leaves rules alone that only sort, and lets an address outside the firm stand out', async () => {
    const planned = await disableForwardingRules.plan(tenant.context(people.alexMorgan), null);
    assert.equal(planned.length, 1);
    assert.match(changesOf(planned)[0]?.attention ?? '', /alex\.m@outlook\.example, outside the firm/);
    const [forwarding] = changesOf(await clearForwarding.plan(tenant.context(people.alexMorgan), null));
    assert.match(forwarding?.attention ?? '', /alex\.m@outlook\.example/);
    assert.doesNotMatch(clearForwarding.describe(forwarding ?? assert.fail()).will, /@/);
  });

  it('does nothing where no auto-reply and no delegate was asked for', async () => {
    const ctx = tenant.context(people.alexMorgan);
    assert.deepEqual(observed(await setAutoReply.plan(ctx, null)), ['No auto-reply was asked for']);
    assert.deepEqual(observed(await setAutoReply.plan(ctx, { message: '  ' })), ['No auto-reply was asked for']);
    assert.deepEqual(observed(await grantDelegate.plan(ctx, null)), ['Nobody is to open the mailbox']);
  });

  it('lets an approval cover the words and the delegate that were approved, and no others', async () => {
    const ctx = tenant.context(people.alexMorgan);
    const changes = changesOf(await setAutoReply.plan(ctx, message));
    const [other] = changesOf(await setAutoReply.plan(ctx, { message: 'Something else' }));
    assert.equal(setAutoReply.covers({ intent: message, changes }, other ?? assert.fail()), false);
    const open = changesOf(await grantDelegate.plan(ctx, toMorgan));
    const toSam = {
      delegateId: people.samOkoro,
      delegateUserPrincipalName: 'sam.okoro@northwind.example',
      delegateName: 'Sam Okoro',
    };
    const [opensForSam] = changesOf(await grantDelegate.plan(ctx, toSam));
    assert.equal(grantDelegate.covers({ intent: toMorgan, changes: open }, opensForSam ?? assert.fail()), false);
  });

  it('warns of a mailbox that is too large to be shared without a licence', async () => {
    const [change] = changesOf(await convertToShared.plan(tenant.context(people.headOfFinance), null));
    assert.match(change?.attention ?? '', /62\.0 GB, more than 50 GB/);
  });

  it('compares automatic replies by their words, however Exchange rewrites the HTML', () => {
    const typed = 'Gone <for good> & glad.\nAsk "Morgan".';
    const kept = `<html>\n<body>\n<div>${htmlOf(typed).replaceAll('"', '&quot;')}</div>\n</body>\n</html>\n`;
    assert.equal(wordsOf(kept), wordsOf(htmlOf(typed)));
    assert.equal(wordsOf(htmlOf(typed)), 'Gone <for good> & glad. Ask "Morgan".');
    assert.notEqual(wordsOf(htmlOf(`${typed} Or not.`)), wordsOf(kept));
  });
});
