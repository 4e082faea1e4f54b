import type { UserId } from '#domain/ids';

/** Who did something: a verified Entra user, a connector that delivered an event, or the system clock. */
export type Actor =
  | { readonly kind: 'person'; readonly userId: UserId }
  | { readonly kind: 'connector'; readonly source: string; readonly externalId: string }
  | { readonly kind: 'clock' };

export function actorId(actor: Actor): string {
  switch (actor.kind) {
    case 'person':
      return actor.userId;
    case 'connector':
      return `connector:${actor.source}`;
    case 'clock':
      return 'clock';
  }
}
