import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PersonaBook } from '#adapters/teams/persona-book';
import type { PlaygroundPerson, PlaygroundSeat } from '#app/playground-file';
import { personalChatId, playgroundFile } from '#app/playground-file';
import type { PlaygroundProcess } from '#app/playground-process';
import { checkPortFree, launchPlayground, playgroundCommand } from '#app/playground-process';
import type { TenantId } from '#domain/ids';

export interface PlaygroundOptions {
  /** The seats' people and at least five more, in the order they are to appear. */
  readonly people: readonly PlaygroundPerson[];
  readonly seats: readonly PlaygroundSeat[];
  /** The simulated organisation's id. */
  readonly tenantId: TenantId;
  /** POST /api/messages of the bot. */
  readonly botEndpoint: string;
  /** A folder below it is made for each seat. */
  readonly folder: string;
  /** Handed to the children as it is. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs?: number;
}

export interface RunningPlaygrounds {
  readonly personas: PersonaBook;
  /** What to open, in the order of the seats. */
  readonly screens: readonly { readonly seat: string; readonly name: string; readonly url: string }[];
  close(): Promise<void>;
}

const usualTimeoutMs = 60_000;

/** The seats of the simulated firm: HR, a manager, and IT with the channel that exceptions go to. */
export function simulatedSeats(itChannelId: string): readonly PlaygroundSeat[] {
  return [
    {
      seat: 'hr',
      userId: 'a0000000-0000-4000-8000-000000000001',
      port: 56150,
      team: {
        id: 'b0000000-0000-4000-8000-0000000000e1',
        name: 'Human Resources',
        channelId: 'channel-hr',
        channelName: 'People',
      },
    },
    {
      seat: 'manager',
      userId: 'a0000000-0000-4000-8000-000000000003',
      port: 56151,
      team: {
        id: 'b0000000-0000-4000-8000-0000000000e2',
        name: 'Sales',
        channelId: 'channel-sales',
        channelName: 'Deals',
      },
    },
    {
      seat: 'it',
      userId: 'a0000000-0000-4000-8000-000000000004',
      port: 56152,
      team: {
        id: 'b0000000-0000-4000-8000-0000000000e3',
        name: 'IT',
        channelId: itChannelId,
        channelName: 'Joiners and leavers',
      },
    },
  ];
}

/** Starts one playground a seat and resolves when all answer; when one does not, the others are ended and it throws. */
export async function startPlaygrounds(options: PlaygroundOptions): Promise<RunningPlaygrounds> {
  const { seats, people } = options;
  playgroundCommand();
  for (const { port, seat } of seats) await checkPortFree(port, seat);
  const started = await Promise.allSettled(seats.map((seat) => start(seat, options)));
  const processes = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const close = async () => {
    await Promise.all(processes.map((process) => process.close()));
  };
  const failed = started.find((result) => result.status === 'rejected');
  if (failed) {
    await close();
    throw failed.reason;
  }
  const nameOf = (seat: PlaygroundSeat) => people.find(({ id }) => id === seat.userId)?.displayName ?? seat.seat;
  return {
    personas: {
      people: new Map(
        seats.map((seat) => [seat.userId, { serviceUrl: serviceUrlOf(seat), conversationId: personalChatId(seat) }]),
      ),
      channels: new Map(seats.map((seat) => [seat.team.channelId, { serviceUrl: serviceUrlOf(seat) }])),
    },
    screens: seats.map((seat) => ({ seat: seat.seat, name: nameOf(seat), url: `http://localhost:${seat.port}` })),
    close,
  };
}

async function start(seat: PlaygroundSeat, options: PlaygroundOptions): Promise<PlaygroundProcess> {
  const folder = join(options.folder, seat.seat);
  const firstOthers = options.seats.map(({ userId }) => userId);
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, '.m365agentsplayground.yml'),
    playgroundFile(seat, options.tenantId, options.people, firstOthers),
  );
  return launchPlayground({
    seat: seat.seat,
    port: seat.port,
    folder,
    botEndpoint: options.botEndpoint,
    env: options.env ?? {},
    timeoutMs: options.timeoutMs ?? usualTimeoutMs,
  });
}

/** As the playground names itself in its activities: the same string, or a reference would not be recognised. */
function serviceUrlOf(seat: PlaygroundSeat): string {
  return `http://localhost:${seat.port}/_connector`;
}
