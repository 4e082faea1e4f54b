import type { PersonView } from '#domain/subject';
import { findPeople } from '#engine/directory';
import type { Engine } from '#engine/engine';

export type DelegateFound =
  /** No person: nobody is to get it. */
  { readonly person?: PersonView } | { readonly error: string };

/** Who is to get the leaver's mailbox, from what somebody typed or chose: object id, sign-in name, whole name, or `nobody`. */
export async function findDelegate(
  engine: Engine,
  subject: Pick<PersonView, 'userId'>,
  typed: string,
): Promise<DelegateFound> {
  if (typed === '' || /^nobody$/i.test(typed)) return {};
  const [person, ...others] = await findPeople(engine.graph, typed);
  if (!person)
    return {
      error: `Nobody is called “${typed}”, who was to get the mailbox. Write the name in full, or the sign-in name.`,
    };
  if (others.length > 0) {
    const names = [person, ...others].map((one) => one.userPrincipalName).join(', ');
    return {
      error: `Several people are called “${typed}”. Write the sign-in name of the one who gets the mailbox: ${names}.`,
    };
  }
  if (person.userId === subject.userId)
    return { error: 'The mailbox cannot go to the person who is leaving. Choose somebody else, or Nobody.' };
  if (person.accountEnabled === false)
    return {
      error: `${person.displayName} cannot sign in, so could not open the mailbox. Choose somebody else, or Nobody.`,
    };
  if (person.userType === 'Guest')
    return {
      error: `${person.displayName} is a guest; a mailbox goes to a colleague only. Choose somebody else, or Nobody.`,
    };
  return { person };
}
