import type { PersonView } from '#domain/subject';
import type { Engine } from '#engine/engine';

/** The firm's text for whoever writes to somebody who has left. */
export function fillAutoReply(engine: Engine, person: PersonView, delegate: PersonView | undefined): string {
  const { autoReply, firm } = engine.policy.leaver;
  const contact = delegate ? delegate.displayName : firm;
  return autoReply
    .replaceAll('{name}', person.displayName)
    .replaceAll('{firm}', firm)
    .replaceAll('{delegate}', contact)
    .trim();
}
