import { escapeMarkdown } from '#cards/escape-markdown';
import type { PersonView } from '#domain/subject';

/** `Sales Executive · Sales · London`, with whatever of it is known; Markdown. */
export function personLine(person: PersonView): string {
  const known = [person.jobTitle, person.department, person.officeLocation].filter(
    (part) => part !== undefined && part !== '',
  );
  const words = known.length > 0 ? known : [person.userType === 'Guest' ? 'Guest' : person.userPrincipalName];
  return words.map((part) => escapeMarkdown(part ?? '', 60)).join(' · ');
}
