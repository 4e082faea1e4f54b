/** Entra tenant id (GUID, lower case). Every row, port call, lock and key carries it. */
export type TenantId = string;
/** Short and speakable, `L-104`: the letter is the kind, the number counts up per tenant. */
export type CaseId = string;
/** Entra object id of a user, never a userPrincipalName: names change, ids do not. */
export type UserId = string;
/** `users.disable-account`: the folder and the file name under `src/steps`. */
export type StepId = `${string}.${string}`;

export type CaseKind = 'joiner' | 'mover' | 'leaver' | 'absence';

const letters: Readonly<Record<CaseKind, string>> = { joiner: 'J', mover: 'M', leaver: 'L', absence: 'A' };

export function caseIdOf(kind: CaseKind, number: number): CaseId {
  return `${letters[kind]}-${number}`;
}

/** What a person types for a case id: any case, with or without the hyphen. `undefined` when it cannot be one. */
export function parseCaseId(typed: string): CaseId | undefined {
  const match = /^([jmla])[\s-]?(\d{1,9})$/i.exec(typed.trim());
  return match?.[1] && match[2] ? `${match[1].toUpperCase()}-${Number(match[2])}` : undefined;
}
