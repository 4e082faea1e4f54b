import type { CaseState } from '#domain/case-state';
import { deviationsOf, planParts } from '#domain/deviation-part';
import { isAtOrAfter } from '#domain/instant';
import type { Decision } from '#domain/part';
import { isApproved, isRejected } from '#domain/part-status';
import type { ReadRow } from './evidence-rows.js';

/** What must hold of a case whatever was wished for it, read from its record. Sentences; none: it holds. */
export function wishesAreHeld(state: CaseState, rows: readonly ReadRow[]): readonly string[] {
  return [
    ...nothingTooEarly(state, rows),
    ...nothingUnapproved(state),
    ...nothingWhileHeld(state, rows),
    ...nothingKeptWasDone(state, rows),
    ...countedOnce(state.decisions),
    ...noWrongSigner(state),
    ...waivedBySomebody(state),
  ];
}

const begun = (rows: readonly ReadRow[]) => rows.filter(({ type }) => type === 'change.applying');

function nothingTooEarly(state: CaseState, rows: readonly ReadRow[]): readonly string[] {
  return begun(rows).flatMap(({ at, data, key }) => {
    const part = state.parts.find(({ partId }) => partId === data['part']);
    if (!part) return [`${key} was begun in a part that is gone (${String(data['part'])})`];
    return isAtOrAfter(at, part.startsAt) ? [] : [`${key} was begun at ${at}, before ${part.startsAt}`];
  });
}

/** With what had been decided when a part began, it was approved. */
function nothingUnapproved(state: CaseState): readonly string[] {
  return planParts(state.parts).flatMap((part) => {
    const { startedAt } = part;
    if (startedAt === undefined) return [];
    const then = state.decisions.filter(({ decidedAt }) => isAtOrAfter(startedAt, decidedAt));
    return isApproved(part, then) && !isRejected(part, then) ? [] : [`${part.partId} began without its approvals`];
  });
}

function nothingWhileHeld(state: CaseState, rows: readonly ReadRow[]): readonly string[] {
  const holds = deviationsOf(state).filter(({ deviation }) => deviation.kind === 'hold' && deviation.grantedAt);
  const started = rows.filter(({ type }) => type === 'part.started');
  return holds.flatMap(({ deviation }) =>
    started.flatMap(({ at, data }) => {
      const inForce = isAtOrAfter(at, deviation.grantedAt ?? '') && !isAtOrAfter(at, deviation.until);
      return inForce ? [`${String(data['part'])} began at ${at}, held until ${deviation.until}`] : [];
    }),
  );
}

/** What had begun before it was signed goes on; nothing new begins. */
function nothingKeptWasDone(state: CaseState, rows: readonly ReadRow[]): readonly string[] {
  const keeps = deviationsOf(state).filter(({ deviation }) => deviation.kind === 'keep' && deviation.grantedAt);
  return keeps.flatMap(({ deviation }) =>
    begun(rows).flatMap(({ at, data, key }) => {
      const concerns = deviation.stepIds?.some((stepId) => stepId === data['step']) === true;
      const inForce = isAtOrAfter(at, deviation.grantedAt ?? '') && !isAtOrAfter(at, deviation.until);
      const before = begun(rows).some((row) => row.key === key && !isAtOrAfter(row.at, deviation.grantedAt ?? ''));
      return concerns && inForce && !before ? [`${key} was begun at ${at}, kept until ${deviation.until}`] : [];
    }),
  );
}

function countedOnce(decisions: readonly Decision[]): readonly string[] {
  const seen = new Set<string>();
  return decisions.flatMap(({ partHash, requirementId, round, decidedBy }) => {
    const key = [partHash, requirementId, round, decidedBy].join('/');
    if (seen.has(key)) return [`${key} counts twice`];
    seen.add(key);
    return [];
  });
}

/** The leaver decides nothing; whoever asks for a deviation does not sign it; nobody signs one twice. */
function noWrongSigner(state: CaseState): readonly string[] {
  const own = state.decisions.filter(({ decidedBy }) => decidedBy === state.record.person.userId);
  const wishes = deviationsOf(state).flatMap((part) => {
    const signers = state.decisions.filter((d) => d.partHash === part.partHash && d.outcome === 'approved');
    const names = signers.map(({ decidedBy }) => decidedBy);
    return [
      ...(names.includes(part.deviation.askedBy) ? [`${part.deviation.askedBy} signed their own ${part.partId}`] : []),
      ...(new Set(names).size < names.length ? [`${part.partId} was signed twice by one person`] : []),
    ];
  });
  return [...own.map(({ requirementId }) => `the leaver decided ${requirementId}`), ...wishes];
}

function waivedBySomebody(state: CaseState): readonly string[] {
  if (state.record.cancelled) return [];
  return state.exceptions.flatMap(({ exceptionId, resolution }) => {
    if (resolution?.as !== 'waived') return [];
    const signed = deviationsOf(state).some(
      (part) =>
        part.deviation.exceptionId === exceptionId && part.deviation.grantedAt && isApproved(part, state.decisions),
    );
    return signed ? [] : [`exception ${exceptionId} was waived and nobody signed that`];
  });
}
