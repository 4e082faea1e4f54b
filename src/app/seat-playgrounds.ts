import { z } from 'zod';
import type { Persona, PersonaBook } from '#adapters/teams/persona-book';
import type { Config } from '#app/config';
import type { ConnectedTenant } from '#app/connect-tenant';
import { type RunningPlaygrounds, simulatedSeats, startPlaygrounds } from '#app/playgrounds';
import type { UserId } from '#domain/ids';

export interface Seats {
  /** Filled by `start`. */
  readonly personas: PersonaBook;
  readonly itChannelId?: string;
  start(given: {
    readonly tenant: ConnectedTenant;
    readonly botEndpoint: string;
  }): Promise<RunningPlaygrounds['screens']>;
  close(): Promise<void>;
}

const usualChannelId = 'it-latchkey';

const person = z.object({
  id: z.string(),
  displayName: z.string(),
  userPrincipalName: z.string(),
  givenName: z.string().nullish(),
  surname: z.string().nullish(),
  mail: z.string().nullish(),
});

/** The screens of the simulated firm, where the settings want them. */
export function seatPlaygrounds(config: Config): Seats {
  const people = new Map<UserId, Persona>();
  const channels = new Map<string, { readonly serviceUrl: string }>();
  let running: RunningPlaygrounds | undefined;
  const personas = { people, channels };
  const close = async () => running?.close();
  const itChannelId = config.bot.itChannelId ?? usualChannelId;
  if (config.mode !== 'sandbox' || !config.sandbox.playground) return { personas, close, start: async () => [] };
  return {
    personas,
    itChannelId,
    close,
    async start({ tenant, botEndpoint }) {
      const found = await tenant.graph.list(
        '/users?$select=id,displayName,userPrincipalName,givenName,surname,mail&$top=50',
        person,
      );
      const known = found.map(({ givenName, surname, mail, ...rest }) => ({
        ...rest,
        givenName: givenName ?? null,
        surname: surname ?? null,
        mail: mail ?? null,
      }));
      running = await startPlaygrounds({
        people: known,
        seats: simulatedSeats(itChannelId),
        tenantId: tenant.tenantId,
        botEndpoint,
        folder: 'data/playgrounds',
      });
      for (const [userId, persona] of running.personas.people) people.set(userId, persona);
      for (const [channelId, channel] of running.personas.channels) channels.set(channelId, channel);
      return running.screens;
    },
  };
}
