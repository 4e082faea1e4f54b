import { stringify } from 'yaml';
import type { TenantId, UserId } from '#domain/ids';

/** What a playground's file needs of a person, as Graph's user has it. */
export interface PlaygroundPerson {
  readonly id: UserId;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly givenName?: string | null;
  readonly surname?: string | null;
  readonly mail?: string | null;
}

/** A screen: one person of the simulated firm, before one browser tab. */
export interface PlaygroundSeat {
  /** Short and fit for a folder name: `hr`, `manager`, `it`. */
  readonly seat: string;
  readonly userId: UserId;
  readonly port: number;
  /** The team this person's playground shows, with its one channel; ids must differ between the seats. */
  readonly team: {
    readonly id: string;
    readonly name: string;
    readonly channelId: string;
    readonly channelName: string;
  };
}

/** The playground takes exactly this many others. */
const others = 5;
const botId = '00000000-0000-4000-8000-00000000b07a';

/** The person's own chat with the bot: given by us, so that the bot can write before the person does. */
export function personalChatId(seat: PlaygroundSeat): string {
  return `chat-${seat.userId}`;
}

/**
 * The text of `.m365agentsplayground.yml` (schema 0.1.1). `id` and `aadObjectId` are both the Entra object id: the people picker
 * gives the first, activities carry the second. Throws when the person or enough others are not among the people.
 */
export function playgroundFile(
  seat: PlaygroundSeat,
  tenantId: TenantId,
  people: readonly PlaygroundPerson[],
  firstOthers: readonly UserId[],
): string {
  const me = people.find((person) => person.id === seat.userId);
  if (!me) throw new Error(`the ${seat.seat} playground needs the person ${seat.userId}, who is not in the tenant`);
  const company = [...people]
    .filter((person) => person.id !== me.id)
    .sort((a, b) => rank(a, firstOthers) - rank(b, firstOthers))
    .slice(0, others);
  if (company.length < others) throw new Error(`a playground shows ${others} other people; the tenant has too few`);
  const { team } = seat;
  return stringify({
    version: '0.1.1',
    tenantId,
    bot: { id: botId, name: 'Latchkey' },
    currentUser: user(me),
    users: company.map(user),
    personalChat: { id: personalChatId(seat) },
    groupChat: { id: `group-${seat.userId}`, name: 'Group chat' },
    team: {
      id: team.id,
      name: team.name,
      aadGroupId: team.id,
      channels: [{ id: team.channelId, name: team.channelName }],
    },
  });
}

/** Those who have a screen of their own come first, then everybody in the order given. */
function rank(person: PlaygroundPerson, firstOthers: readonly UserId[]): number {
  const place = firstOthers.indexOf(person.id);
  return place === -1 ? firstOthers.length : place;
}

function user(person: PlaygroundPerson): object {
  const [given = person.displayName, ...rest] = person.displayName.split(' ');
  return {
    id: person.id,
    name: person.displayName,
    // Spelled like this by the playground.
    userPrincipleName: person.userPrincipalName,
    aadObjectId: person.id,
    givenName: person.givenName ?? given,
    surname: person.surname ?? (rest.join(' ') || given),
    email: person.mail ?? person.userPrincipalName,
  };
}
