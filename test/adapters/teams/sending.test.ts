import { expect } from 'chai';
import type { ChatFailureKind } from '#engine/ports/chat';
import { ChatFailure } from '#engine/ports/chat';
import type { Address } from '#engine/ports/store-chat';
import type { Fault } from './recording-connector.js';
import type { Fixture } from './teams-fixture.js';
import { card, dana, message, morgan, startTeams, tenantId } from './teams-fixture.js';

const outgoing = { card: card('hello'), summary: 'hello' };

async function failureOf(work: Promise<unknown>): Promise<ChatFailure> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ChatFailure)) throw new Error(`not a ChatFailure: ${String(error)}`);
  return error;
}

describe('[contract] adapters/teams sending', () => {
  let fixture: Fixture;
  let address: Address;

  beforeEach(async () => {
    fixture = await startTeams({ timeoutMs: 300 });
    await fixture.post(message(fixture.connector.url, 'hello'));
    address = await fixture.teams.chat.reach(tenantId, dana);
  });
  afterEach(() => fixture.close());

  it('sends a card by itself to the stored conversation and edits it there', async () => {
    const sent = await fixture.teams.chat.send(address, outgoing);
    expect(sent).to.deep.equal({ serviceUrl: fixture.connector.url, conversationId: 'a:dana', activityId: 'm1' });
    await fixture.teams.chat.edit(sent, { card: card('changed'), summary: 'changed' });
    expect(fixture.connector.cardsFor('a:dana')).to.deep.equal([card('changed')]);
    const [posted] = fixture.connector.activities();
    expect(posted?.activity).to.deep.include({
      summary: 'hello',
      channelData: { tenant: { id: tenantId } },
      conversation: { id: 'a:dana', tenantId },
      from: { id: '28:bot' },
    });
    expect(posted?.activity).to.not.have.property('text');
  });

  it('keeps path and trailing slash of a serviceUrl as Teams gave them', async () => {
    await fixture.post(message(`${fixture.connector.url}/`, 'hello'));
    const slashed = await fixture.teams.chat.reach(tenantId, dana);
    expect(slashed.serviceUrl).to.equal(`${fixture.connector.url}/`);
    await fixture.teams.chat.sendText(slashed, 'x');
    expect(fixture.connector.requests().map(({ path }) => path)).to.deep.equal([
      '/v3/conversations/a%3Adana/activities',
    ]);
  });

  it('sends words', async () => {
    await fixture.teams.chat.sendText(address, 'Case L-104 waits for you.');
    expect(fixture.connector.activities()[0]?.activity.text).to.equal('Case L-104 waits for you.');
  });

  it('opens a thread in a channel and edits its root in the thread', async () => {
    await fixture.post(
      message(fixture.connector.url, 'hello', {
        conversation: { id: '19:it@thread.tacv2;messageid=1', conversationType: 'channel', isGroup: true },
        channelData: { tenant: { id: tenantId }, channel: { id: '19:it@thread.tacv2' } },
      }),
    );
    const channel = await fixture.teams.chat.reachChannel(tenantId, '19:it@thread.tacv2');
    const sent = await fixture.teams.chat.send(channel, outgoing);
    await fixture.teams.chat.edit(sent, { card: card('changed'), summary: 'changed' });
    expect(fixture.connector.activities().map((entry) => [entry.method, entry.conversationId])).to.deep.equal([
      ['POST', '19:it@thread.tacv2'],
      ['PUT', '19:it@thread.tacv2;messageid=m1'],
    ]);
    expect(fixture.connector.cardsFor('19:it@thread.tacv2')).to.deep.equal([card('changed')]);
  });

  const refused: readonly (readonly [Fault, ChatFailureKind])[] = [
    [{ status: 400, body: { error: { code: 'BadArgument', message: 'no' } } }, 'misconfigured'],
    [{ status: 401, body: { error: { code: 'BotNotRegistered', message: 'no' } } }, 'misconfigured'],
    [{ status: 403, body: { error: { code: 'ConversationBlockedByUser', message: 'no' } } }, 'blocked'],
    [{ status: 403, body: { error: { code: 'BotDisabledByAdmin', message: 'no' } } }, 'blocked'],
    [{ status: 403, body: { errorCode: 209, message: '{ "subCode": "MessageWritesBlocked" }' } }, 'blocked'],
    [{ status: 403, body: { error: { code: 'BotNotInConversationRoster', message: 'no' } } }, 'removed'],
    [{ status: 403, body: { error: { code: 'ForbiddenOperationException', message: 'no' } } }, 'removed'],
    [{ status: 403, body: { error: { code: 'NotEnoughPermissions', message: 'no' } } }, 'misconfigured'],
    [{ status: 404, body: { error: { code: 'ConversationNotFound', message: 'no' } } }, 'gone'],
    [{ status: 412, body: { error: { code: 'PreconditionFailed', message: 'no' } } }, 'retry'],
    [{ status: 413, body: { error: { code: 'MessageSizeTooBig', message: 'no' } } }, 'too-big'],
    [{ status: 429 }, 'retry'],
    [{ status: 500 }, 'retry'],
    [{ status: 502 }, 'retry'],
    [{ status: 503 }, 'retry'],
    [{ status: 504 }, 'retry'],
  ];
  for (const [fault, kind] of refused) {
    const said = JSON.stringify(fault.body ?? {});
    it(`tries once on ${fault.status} ${said} and calls it ${kind}`, async () => {
      fixture.connector.fail({ ...fault, times: 9 });
      const failure = await failureOf(fixture.teams.chat.send(address, outgoing));
      expect(failure.kind).to.equal(kind);
      expect(failure.cause).to.not.equal(undefined);
      expect(fixture.connector.requests()).to.have.length(1);
    });
  }

  it('tells how long Teams wants to be left alone', async () => {
    fixture.connector.fail({ status: 429, headers: { 'retry-after': '2' } });
    expect((await failureOf(fixture.teams.chat.send(address, outgoing))).retryAfterMs).to.equal(2000);
    expect(fixture.connector.requests()).to.have.length(1);
  });

  it('gives up on a connector that never answers', async () => {
    fixture.connector.fail({ status: 0, hang: true });
    const started = performance.now();
    const failure = await failureOf(fixture.teams.chat.send(address, outgoing));
    expect(failure.kind).to.equal('retry');
    expect(performance.now() - started).to.be.within(250, 2000);
    expect(fixture.connector.requests()).to.have.length(1);
  });

  it('fails to edit what got no id, so that it is sent anew', async () => {
    const sent = { serviceUrl: fixture.connector.url, conversationId: 'a:dana', activityId: '' };
    expect((await failureOf(fixture.teams.chat.edit(sent, outgoing))).kind).to.equal('gone');
    expect(fixture.connector.requests()).to.deep.equal([]);
  });

  it('stops writing to somebody who blocked it until they speak', async () => {
    fixture.connector.fail({ status: 403, body: { error: { code: 'ConversationBlockedByUser', message: 'no' } } });
    await failureOf(fixture.teams.chat.send(address, outgoing));
    expect((await failureOf(fixture.teams.chat.reach(tenantId, dana))).kind).to.equal('blocked');
    await fixture.post(message(fixture.connector.url, 'I am back'));
    expect(await fixture.teams.chat.reach(tenantId, dana)).to.include({ state: 'active' });
  });

  it('forgets a conversation that Teams no longer has and makes it anew', async () => {
    fixture.connector.fail({ status: 404, body: { error: { code: 'ConversationNotFound', message: 'no' } } });
    await failureOf(fixture.teams.chat.send(address, outgoing));
    const again = await fixture.teams.chat.reach(tenantId, dana);
    expect(again.conversationId).to.equal(`a:${dana}`);
  });

  it('keeps to five messages a second and conversation', async () => {
    const started = performance.now();
    await Promise.all(Array.from({ length: 8 }, () => fixture.teams.chat.sendText(address, 'x')));
    expect(performance.now() - started).to.be.within(550, 2500);
    expect(fixture.connector.activities()).to.have.length(8);
  });
});

describe('[contract] adapters/teams addresses', () => {
  const channelId = '19:it@thread.tacv2';
  let fixture: Fixture;

  afterEach(() => fixture.close());

  it('has no way to somebody in sandbox mode before anybody spoke', async () => {
    fixture = await startTeams();
    expect((await failureOf(fixture.teams.chat.reach(tenantId, morgan))).kind).to.equal('no-address');
    expect((await failureOf(fixture.teams.chat.reachChannel(tenantId, channelId))).kind).to.equal('no-address');
  });

  it('never makes a conversation in a playground for somebody it does not show', async () => {
    const people = new Map();
    const personas = { people, channels: new Map() };
    fixture = await startTeams({ personas });
    people.set(dana, { serviceUrl: fixture.connector.url, conversationId: 'chat-dana' });
    await fixture.post(message(fixture.connector.url, 'hello', { conversation: chatOf('chat-dana') }));
    expect((await failureOf(fixture.teams.chat.reach(tenantId, morgan))).kind).to.equal('no-address');
    expect(fixture.connector.requests()).to.deep.equal([]);
  });

  it('finds the one a playground shows before they have spoken, and its channel', async () => {
    const people = new Map();
    const channels = new Map();
    fixture = await startTeams({ personas: { people, channels } });
    people.set(morgan, { serviceUrl: fixture.connector.url, conversationId: 'chat-morgan' });
    channels.set(channelId, { serviceUrl: fixture.connector.url });
    await fixture.teams.chat.send(await fixture.teams.chat.reach(tenantId, morgan), outgoing);
    await fixture.teams.chat.send(await fixture.teams.chat.reachChannel(tenantId, channelId), outgoing);
    expect(fixture.connector.cardsFor('chat-morgan')).to.have.length(1);
    expect(fixture.connector.cardsFor(channelId)).to.have.length(1);
  });

  it("does not take a playground's own chat for the chat of others who speak there", async () => {
    const people = new Map();
    fixture = await startTeams({ personas: { people, channels: new Map() } });
    people.set(dana, { serviceUrl: fixture.connector.url, conversationId: 'chat-dana' });
    const from = { id: morgan, aadObjectId: morgan };
    await fixture.post(message(fixture.connector.url, 'hello', { from, conversation: chatOf('chat-dana') }));
    expect(await fixture.store.get(tenantId, 'address', `person/${morgan}`)).to.equal(undefined);
  });

  it('makes a conversation at another connector on this machine, asking by the bare Entra id, and remembers it', async () => {
    fixture = await startTeams();
    await fixture.post(message(fixture.connector.url, 'hello'));
    const first = await fixture.teams.chat.reach(tenantId, morgan);
    expect(first.conversationId).to.equal(`a:${morgan}`);
    expect(fixture.connector.requests()[0]?.body).to.deep.include({ tenantId, isGroup: false });
    expect(fixture.connector.requests()[0]?.body).to.have.nested.property('members[0].id', morgan);
    await fixture.teams.chat.reach(tenantId, morgan);
    expect(fixture.connector.requests()).to.have.length(1);
  });

  it('still knows that connector after a restart', async () => {
    fixture = await startTeams();
    await fixture.post(message(fixture.connector.url, 'hello'));
    const next = await startTeams({ store: fixture.store });
    expect(await next.teams.chat.reach(tenantId, morgan)).to.include({ serviceUrl: fixture.connector.url });
    await next.connector.close();
  });

  it('prefers the screen that runs now to a reference from an earlier run', async () => {
    fixture = await startTeams();
    await fixture.post(message('http://127.0.0.1:9', 'hello'));
    const people = new Map([[dana, { serviceUrl: fixture.connector.url, conversationId: 'chat-dana' }]]);
    const next = await startTeams({ store: fixture.store, personas: { people, channels: new Map() } });
    expect(await next.teams.chat.reach(tenantId, dana)).to.include({ conversationId: 'chat-dana' });
    await next.connector.close();
  });

  it('does not answer for another tenant', async () => {
    fixture = await startTeams();
    await fixture.post(message(fixture.connector.url, 'hello'));
    const other = '99999999-9999-4999-8999-999999999999';
    expect((await failureOf(fixture.teams.chat.reach(other, dana))).kind).to.equal('no-address');
  });

  it('asks the configured connector in production', async () => {
    const recorder = await startTeams();
    fixture = await startTeams({
      sandbox: false,
      connectorServiceUrl: recorder.connector.url,
      identity: { appId: '22222222-2222-4222-8222-222222222222', appTenantId: tenantId, password: 'x' },
    });
    const channel = await fixture.teams.chat.reachChannel(tenantId, channelId);
    expect(channel).to.deep.include({ serviceUrl: recorder.connector.url, conversationId: channelId });
    await recorder.close();
  });

  const chatOf = (id: string) => ({ id, conversationType: 'personal', tenantId });
});
