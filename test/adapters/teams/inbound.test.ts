import { expect } from 'chai';
import type { Fixture } from './teams-fixture.js';
import { card, cardReply, click, dana, inChannel, message, morgan, startTeams, tenantId } from './teams-fixture.js';

describe('[contract] adapters/teams inbound', () => {
  let fixture: Fixture;

  beforeEach(async () => {
    fixture = await startTeams();
  });
  afterEach(() => fixture.close());

  const url = () => fixture.connector.url;

  it('hands a message on with the verified person, the place and plain text', async () => {
    await fixture.post(message(url(), 'leaver\u00a0 alex@example.com\n'));
    expect(fixture.routed).to.deep.equal([
      {
        kind: 'message',
        tenantId,
        from: { userId: dana, name: 'Dana Reyes' },
        place: { kind: 'personal', serviceUrl: url(), conversationId: 'a:dana' },
        text: 'leaver alex@example.com',
        mentions: [],
        activityId: '1700000000001',
        locale: 'en-GB',
      },
    ]);
  });

  it('takes its own mention out and keeps the others with their Entra ids', async () => {
    const entities = [
      { type: 'mention', text: '<at>Latchkey</at>', mentioned: { id: '28:bot', name: 'Latchkey' } },
      {
        type: 'mention',
        text: '<at>Morgan Lee</at>',
        mentioned: { id: '29:m', name: 'Morgan Lee', aadObjectId: morgan },
      },
      { type: 'clientInfo', platform: 'Web' },
    ];
    const text = '<at>Latchkey</at>&nbsp;leaver <at>Morgan Lee</at>';
    await fixture.post(message(url(), text, { ...inChannel, entities }));
    expect(fixture.routed).to.have.length(1);
    expect(fixture.routed[0]).to.deep.include({
      text: 'leaver Morgan Lee',
      mentions: [{ text: 'Morgan Lee', userId: morgan, name: 'Morgan Lee' }],
      place: {
        kind: 'channel',
        serviceUrl: url(),
        conversationId: '19:it@thread.tacv2;messageid=5',
        channelId: '19:it@thread.tacv2',
      },
    });
  });

  it('answers a message where it was written, cards without text beside them', async () => {
    fixture.reply(cardReply('one'), { kind: 'text', text: 'two' });
    await fixture.post(message(url(), 'help', inChannel));
    const sent = fixture.connector.activities();
    expect(sent.map((entry) => entry.conversationId)).to.deep.equal(Array(2).fill(inChannel.conversation.id));
    expect(sent[0]?.activity).to.deep.include({ summary: 'one' }).and.not.have.property('text');
    expect(sent[0]?.activity.attachments?.[0]?.content).to.deep.equal(card('one'));
    expect(sent[1]?.activity.text).to.equal('two');
  });

  it("answers privately in the person's own chat", async () => {
    await fixture.post(message(url(), 'hello'));
    fixture.reply({ ...cardReply('secret'), privately: true } as never);
    await fixture.post(message(url(), 'leaver alex', inChannel));
    expect(fixture.connector.cardsFor('a:dana')).to.deep.equal([card('secret')]);
    expect(fixture.connector.cardsFor(inChannel.conversation.id)).to.deep.equal([]);
  });

  it('reads a click: verb, ids and inputs apart, so that an input cannot overwrite an id', async () => {
    const data = { latchkey: { caseId: 'L-104', deep: { no: 1 } }, reason: 'moved', urgent: true, caseId: 'L-1' };
    await fixture.post(click(url(), 'reject', data));
    expect(fixture.routed).to.have.length(1);
    const [action] = fixture.routed;
    if (action?.kind !== 'action') throw new Error('not an action');
    expect(action.verb).to.equal('reject');
    expect({ ...action.data }).to.deep.equal({ caseId: 'L-104' });
    expect({ ...action.inputs }).to.deep.equal({ reason: 'moved', urgent: 'true', caseId: 'L-1' });
    expect(action).to.include({ trigger: 'manual', messageId: 'm-clicked' });
  });

  it('takes the Action.Submit of older clients for the same click and edits the clicked card', async () => {
    fixture.reply(cardReply('now'));
    const value = { verb: 'approve', latchkey: { caseId: 'L-104' }, note: 'fine' };
    const posted = await fixture.post(message(url(), '', { text: undefined, value, replyToId: 'm-clicked' }));
    expect(posted).to.deep.equal({ status: 200, body: undefined });
    expect(fixture.routed[0]).to.include({ kind: 'action', verb: 'approve' });
    expect(fixture.connector.activities()).to.have.length(1);
    expect(fixture.connector.activities()[0]).to.include({ method: 'PUT', activityId: 'm-clicked' });
  });

  it('welcomes once though Teams tells twice, and again after a removal', async () => {
    fixture.reply(cardReply('welcome'));
    const { text: _, ...base } = message(url(), '');
    const install = { ...base, type: 'installationUpdate', action: 'add' };
    const joined = { ...base, type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] };
    await Promise.all([fixture.post(install), fixture.post(joined)]);
    await fixture.post(install);
    expect(fixture.connector.cardsFor('a:dana')).to.have.length(1);
    fixture.reply();
    await fixture.post({ ...install, action: 'remove' });
    expect((await fixture.store.get(tenantId, 'address', `person/${dana}`))?.body.state).to.equal('removed');
    fixture.reply(cardReply('again'));
    await fixture.post(install);
    expect(fixture.connector.cardsFor('a:dana')).to.deep.equal([card('welcome'), card('again')]);
    expect(fixture.routed.map((inbound) => inbound.kind === 'install' && inbound.action)).to.deep.equal([
      'add',
      'remove',
      'add',
    ]);
  });

  it('does not take other people coming, an upgrade or a reaction for an installation', async () => {
    const { text: _, ...base } = message(url(), '');
    await fixture.post({ ...base, type: 'conversationUpdate', membersAdded: [{ id: '29:other' }] });
    await fixture.post({ ...base, type: 'installationUpdate', action: 'add-upgrade' });
    await fixture.post({ ...base, type: 'messageReaction' });
    expect(fixture.routed).to.deep.equal([]);
  });

  it('keeps the address and writes it again only when something changed', async () => {
    const version = async () => (await fixture.store.get(tenantId, 'address', `person/${dana}`))?.version;
    await fixture.post(message(url(), 'one'));
    const first = await version();
    await fixture.post(message(url(), 'two'));
    expect(await version()).to.equal(first);
    await fixture.post(
      message(url(), 'three', { conversation: { id: 'a:new', conversationType: 'personal', tenantId } }),
    );
    expect(await version()).to.not.equal(first);
    expect((await fixture.store.get(tenantId, 'address', `person/${dana}`))?.body.conversationId).to.equal('a:new');
  });

  it('says so when the router breaks on a message', async () => {
    fixture.route(async () => {
      throw new Error('the database is on fire');
    });
    expect((await fixture.post(message(url(), 'cases'))).status).to.equal(200);
    expect(fixture.connector.activities()[0]?.activity.text).to.match(/could not finish/);
    expect(JSON.stringify(fixture.connector.activities())).to.not.include('fire');
    expect(fixture.logged.some(({ level, fields }) => level === 'error' && 'err' in fields)).to.equal(true);
  });
});
