import type { UserId } from '#domain/ids';

/** Where a started playground shows the messages for its one current user. */
export interface Persona {
  readonly serviceUrl: string;
  /** Known beforehand when the playground's file names it; else the playground is asked. */
  readonly conversationId?: string;
}

/** Filled by app when it starts playgrounds; empty in a real tenant. May be filled after the adapter was made. */
export interface PersonaBook {
  readonly people: ReadonlyMap<UserId, Persona>;
  /** By channel id. */
  readonly channels: ReadonlyMap<string, { readonly serviceUrl: string }>;
}

export function isPlayground(book: PersonaBook, serviceUrl: string): boolean {
  const same = (other: { readonly serviceUrl: string }) => other.serviceUrl === serviceUrl;
  return [...book.people.values()].some(same) || [...book.channels.values()].some(same);
}

/** Whether this conversation is somebody else's own chat: a playground lets its user speak as others, in one and the same chat. */
export function isAnothersChat(book: PersonaBook, userId: UserId, serviceUrl: string, conversationId: string): boolean {
  return [...book.people].some(
    ([owner, persona]) =>
      owner !== userId && persona.serviceUrl === serviceUrl && persona.conversationId === conversationId,
  );
}
