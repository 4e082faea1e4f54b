import { expect } from 'chai';
import { ChatFailure } from '#engine/ports/chat';
import type { Fixture } from './teams-fixture.js';
import { card, cardReply, click, inChannel, message, startTeams } from './teams-fixture.js';

/** A router that answers when told to. */
function held<T>() {
  let release: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    release = resolve;
  });
  return { promise, release };
}

const cardType = 'application/vnd.microsoft.card.adaptive';
const messageType = 'application/vnd.microsoft.activity.message';
const errorType = 'application/vnd.microsoft.error';

describe('[contract] adapters/teams clicks', () => {
  let fixture: Fixture;

  beforeEach(async () => {
    fixture = await startTeams();
  });
  afterEach(() => fixture.close());

  const url = () => fixture.connector.url;

  it('answers with the card and edits nothing, also when the card refreshes itself', async () => {
    const refreshing = {
      ...card('mine'),
      refresh: { action: { type: 'Action.Execute', verb: 'show-case' }, userIds: [] },
    };
    fixture.reply({ kind: 'card', card: refreshing, summary: 'mine' });
    for (let time = 0; time < 3; time += 1) {
      const posted = await fixture.post(click(url(), 'show-case'));
      expect(posted).to.deep.equal({ status: 200, body: { statusCode: 200, type: cardType, value: refreshing } });
    }
    fixture.reply(cardReply('plain'));
    await fixture.post(click(url(), 'show-case'));
    await fixture.teams.idle();
    expect(fixture.connector.requests()).to.deep.equal([]);
  });

  it('answers with words, never with nothing', async () => {
    fixture.reply({ kind: 'text', text: 'Done.' });
    expect((await fixture.post(click(url(), 'retry'))).body).to.deep.equal({
      statusCode: 200,
      type: messageType,
      value: 'Done.',
    });
    fixture.reply();
    expect((await fixture.post(click(url(), 'retry'))).body)
      .to.have.property('value')
      .that.is.a('string').and.not.empty;
    fixture.reply({ kind: 'text', text: '' });
    expect((await fixture.post(click(url(), 'retry'))).body)
      .to.have.property('value')
      .that.is.a('string').and.not.empty;
  });

  it('answers an error under HTTP 200 with its code and sentence', async () => {
    fixture.reply({ kind: 'error', code: 'stale', message: 'This card is out of date. Open the case again.' });
    expect(await fixture.post(click(url(), 'approve'))).to.deep.equal({
      status: 200,
      body: {
        statusCode: 400,
        type: errorType,
        value: { code: 'stale', message: 'This card is out of date. Open the case again.' },
      },
    });
  });

  it('answers a broken router under HTTP 200 with what to do, and keeps the reason for the log', async () => {
    fixture.route(async () => {
      throw new Error('password=hunter2');
    });
    const posted = await fixture.post(click(url(), 'approve'));
    expect(posted.status).to.equal(200);
    expect(posted.body).to.deep.include({ statusCode: 500, type: errorType });
    expect(JSON.stringify(posted.body))
      .to.match(/try again/)
      .and.not.match(/hunter2/);
    expect(fixture.logged.map(({ level }) => level)).to.deep.equal(['error']);
  });

  it('answers a click without a verb, which Teams would otherwise call unreachable', async () => {
    const posted = await fixture.post(click(url(), '', {}, { value: { action: { type: 'Action.Execute' } } }));
    expect(posted.status).to.equal(200);
    expect(posted.body).to.deep.include({ statusCode: 400, type: errorType });
    expect(fixture.routed).to.deep.equal([]);
  });

  it('routes a double click once and gives both the same answer', async () => {
    const router = held<void>();
    fixture.route(async () => {
      await router.promise;
      return [cardReply('decided'), { kind: 'text', text: 'and a word' }];
    });
    const both = [fixture.post(click(url(), 'approve')), fixture.post(click(url(), 'approve', {}, { id: 'other' }))];
    await fixture.connector.until(() => fixture.routed[0]);
    router.release();
    const [one, two] = await Promise.all(both);
    await fixture.teams.idle();
    expect(one).to.deep.equal(two).and.deep.include({ status: 200 });
    expect(fixture.routed).to.have.length(1);
    expect(fixture.connector.activities()).to.have.length(1);
  });

  it('routes the same click of two people, and two different clicks of one, each by itself', async () => {
    const router = held<void>();
    fixture.route(async () => {
      await router.promise;
      return [cardReply('decided')];
    });
    const from = { id: '29:m', aadObjectId: 'a0000000-0000-4000-8000-000000000003' };
    const all = [
      fixture.post(click(url(), 'approve')),
      fixture.post(click(url(), 'approve', {}, { from })),
      fixture.post(click(url(), 'reject')),
    ];
    await fixture.connector.until(() => fixture.routed[2]);
    router.release();
    await Promise.all(all);
    expect(fixture.routed).to.have.length(3);
  });

  it('answers within a second when the router is slow, and edits the clicked card when it is done', async () => {
    const router = held<void>();
    fixture.route(async () => {
      await router.promise;
      return [cardReply('done')];
    });
    const started = performance.now();
    const posted = await fixture.post(click(url(), 'submit-leaver'));
    expect(performance.now() - started).to.be.within(700, 1500);
    expect(posted.body).to.deep.equal({
      statusCode: 200,
      type: messageType,
      value: 'Working on it. This card updates itself when it is done.',
    });
    expect(fixture.connector.activities()).to.deep.equal([]);
    router.release();
    await fixture.teams.idle();
    const [edit, ...rest] = fixture.connector.activities();
    expect(rest).to.deep.equal([]);
    expect(edit).to.include({ method: 'PUT', conversationId: 'a:dana', activityId: 'm-clicked' });
    expect(edit?.activity.attachments?.[0]?.content).to.deep.equal(card('done'));
  });

  it('sends the late card anew when the clicked message is gone', async () => {
    fixture.route(slowly(cardReply('done')));
    fixture.connector.fail({
      status: 404,
      body: { error: { code: 'ActivityNotFoundInConversation', message: 'gone' } },
    });
    await fixture.post(click(url(), 'submit-leaver'));
    await fixture.teams.idle();
    expect(fixture.connector.cardsFor('a:dana')).to.deep.equal([card('done')]);
  });

  it('gives a late card from a channel to its sender alone', async () => {
    await fixture.post(message(url(), 'hello'));
    fixture.route(slowly(cardReply('secret')));
    await fixture.post(click(url(), 'retry', {}, inChannel));
    await fixture.teams.idle();
    expect(fixture.connector.cardsFor('a:dana')).to.deep.equal([card('secret')]);
    expect(fixture.connector.activities()).to.have.length(1);
  });

  it('logs and says what failed late', async () => {
    fixture.route(slowly(undefined));
    await fixture.post(click(url(), 'submit-leaver'));
    await fixture.teams.idle();
    expect(fixture.connector.activities()[0]?.activity.text).to.match(/could not finish/);
    expect(fixture.logged.filter(({ level }) => level === 'error')).to.have.length(1);
  });

  it('does not edit a card for a refresh that came late', async () => {
    fixture.reply(cardReply('refreshed'));
    const value = { action: { type: 'Action.Execute', verb: 'show-case', data: {} }, trigger: 'automatic' };
    const posted = await fixture.post(click(url(), '', {}, { value }));
    expect(posted.body).to.deep.include({ type: cardType });
    expect(fixture.routed[0]).to.include({ trigger: 'automatic' });
    await fixture.teams.idle();
    expect(fixture.connector.requests()).to.deep.equal([]);
  });

  it('answers privately from a channel and says where', async () => {
    await fixture.post(message(url(), 'hello'));
    fixture.reply({ kind: 'card', card: card('secret'), summary: 'secret', privately: true });
    const posted = await fixture.post(click(url(), 'show-case', {}, inChannel));
    await fixture.teams.idle();
    expect(posted.body)
      .to.deep.include({ type: messageType })
      .and.not.deep.include({ value: card('secret') });
    expect(fixture.connector.cardsFor('a:dana')).to.deep.equal([card('secret')]);
  });

  function slowly(reply: ReturnType<typeof cardReply> | undefined) {
    return async () => {
      await new Promise((resolve) => setTimeout(resolve, 900));
      if (!reply) throw new ChatFailure('the store is away', 'retry');
      return [reply];
    };
  }
});
