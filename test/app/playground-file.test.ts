import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect } from 'chai';
import { parse } from 'yaml';
import type { PlaygroundPerson } from '#app/playground-file';
import { personalChatId, playgroundFile } from '#app/playground-file';
import { checkPortFree } from '#app/playground-process';
import { simulatedSeats } from '#app/playgrounds';

const tenantId = '11111111-1111-4111-8111-111111111111';
const personOf = (number: number): PlaygroundPerson => ({
  id: `a0000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  displayName: `Person Number ${number}`,
  userPrincipalName: `p${number}@example.com`,
});
const people = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(personOf);
const seats = simulatedSeats('19:it@thread.tacv2');
const seated = seats.map(({ userId }) => userId);

describe('[unit] app/playground-file', () => {
  for (const seat of seats) {
    it(`shows ${seat.seat} as themselves with five others, those with a screen first`, () => {
      const file = parse(playgroundFile(seat, tenantId, people, seated));
      expect(file.tenantId).to.equal(tenantId);
      expect(file.currentUser).to.include({ id: seat.userId, aadObjectId: seat.userId });
      expect(file.users).to.have.length(5);
      const ids: string[] = file.users.map((user: { id: string }) => user.id);
      expect(new Set([...ids, seat.userId]).size).to.equal(6);
      expect(ids.slice(0, 2)).to.have.members(seated.filter((id) => id !== seat.userId));
      expect(file.personalChat.id).to.equal(personalChatId(seat));
      expect(file.team.channels).to.deep.equal([{ id: seat.team.channelId, name: seat.team.channelName }]);
    });
  }

  it('gives every conversation and every seat ids of its own', () => {
    const all = seats.flatMap((seat) => [personalChatId(seat), seat.team.id, seat.team.channelId, String(seat.port)]);
    expect(new Set(all).size).to.equal(all.length);
  });

  it('puts the channel that exceptions go to before IT', () => {
    expect(seats.find(({ seat }) => seat === 'it')?.team).to.include({ name: 'IT', channelId: '19:it@thread.tacv2' });
  });

  it('says who or what is missing', () => {
    const [hr] = seats;
    if (!hr) throw new Error('no seats');
    expect(() => playgroundFile(hr, tenantId, people.slice(1), seated)).to.throw(/not in the tenant/);
    expect(() => playgroundFile(hr, tenantId, people.slice(0, 4), seated)).to.throw(/too few/);
  });

  it('says which port is taken, and for whom', async () => {
    const holder = createServer();
    holder.listen(4448);
    await once(holder, 'listening');
    const error = await checkPortFree(4448, 'hr').then(
      () => undefined,
      (reason: unknown) => reason,
    );
    holder.close();
    await once(holder, 'close');
    expect(error)
      .to.be.instanceOf(Error)
      .with.property('message')
      .that.matches(/Port 4448.*hr.*taken/);
    await checkPortFree(4448, 'hr');
  });
});
