import { type CaseId, parseCaseId } from '#domain/ids';

/** Takes a case id off the front of what was typed: `L-104 because …`, also `l 104` and `L104`. */
export function takeCaseId(rest: string): { readonly caseId: CaseId; readonly rest: string } | undefined {
  const match = /^([a-z][\s-]?\d{1,9})\b\s*/i.exec(rest);
  const caseId = match?.[1] ? parseCaseId(match[1]) : undefined;
  return caseId && match ? { caseId, rest: rest.slice(match[0].length).trim() } : undefined;
}

/** Takes the number of an exception off the front: `2 disabled it in the admin centre`. */
export function takeExceptionId(rest: string): { readonly exceptionId?: string; readonly rest: string } {
  const match = /^#?(\d{1,3})(?:\s+|$)/.exec(rest);
  return match?.[1] ? { exceptionId: String(Number(match[1])), rest: rest.slice(match[0].length).trim() } : { rest };
}
