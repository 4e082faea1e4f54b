import type { CardContext } from '#cards/card-context';
import { nameIn, roleName } from '#cards/decision-words';
import { markdown } from '#cards/escape-markdown';
import { plainText } from '#cards/plain-text';
import type { SiteTime } from '#cards/site-time';
import type { CaseState } from '#domain/case-state';
import { type DeviationPart, deviationStatus, deviationsOf, signaturesOf } from '#domain/deviation-part';
import type { Requirement } from '#domain/part';
import { openRequirements } from '#domain/part-status';

/** `Sign-in stays open`, `Nothing more begins`: what is wished, before "until". Plain text. */
export function wishWords({ deviation }: DeviationPart): string {
  switch (deviation.kind) {
    case 'hold':
      return 'Nothing more begins';
    case 'waive':
      return `Accepted as it is: ${plainText(deviation.title, 160)}`;
    case 'keep':
      return deviation.title;
  }
}

/** `Hannah Berg and Ines Costa`. Plain text. */
export function signersWords(state: CaseState, part: DeviationPart, context: CardContext): string {
  return listWords(signaturesOf(part, state.decisions).map((d) => nameIn(state.record, d.decidedBy, context)));
}

/** `HR and an approver`: whose signature is still wanted. Plain text. */
export function awaitedWords(state: CaseState, part: DeviationPart): string {
  return listWords(openRequirements(part, state.decisions).map(signerName));
}

export function signerName({ of }: Requirement): string {
  const [decider] = of;
  if (!decider) return 'nobody yet';
  return decider.kind === 'role' ? roleName(decider.role) : 'a named person';
}

function listWords(words: readonly string[]): string {
  if (words.length === 0) return 'nobody';
  return words.length === 1 ? `${words[0]}` : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** What goes otherwise than planned at this moment, for the band of a card. Markdown. */
export function inForceLines(state: CaseState, context: CardContext, time: SiteTime): readonly string[] {
  return deviationsOf(state)
    .filter((part) => part.deviation.kind !== 'waive' && deviationStatus(part, state.decisions) === 'in-force')
    .map((part) => {
      const what = part.deviation.kind === 'hold' ? 'On hold' : wishWords(part);
      return markdown`**${what} until ${time.long(part.deviation.until)}**, signed by ${signersWords(state, part, context)}.`;
    });
}

/** Whether what is late is late because people signed that it may be. */
export function isPutOff(state: CaseState): boolean {
  return deviationsOf(state).some(
    (part) => part.deviation.kind !== 'waive' && deviationStatus(part, state.decisions) === 'in-force',
  );
}

/** Whether it was once. */
export function wasPutOff(state: CaseState): boolean {
  return deviationsOf(state).some(({ deviation }) => deviation.kind !== 'waive' && deviation.grantedAt !== undefined);
}
