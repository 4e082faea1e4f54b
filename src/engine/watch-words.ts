import type { CaseRecord } from '#domain/case';
import type { CaseState } from '#domain/case-state';
import type { Instant } from '#domain/instant';
import { toEpochMs } from '#domain/instant';
import type { Engine } from '#engine/engine';
import type { ExceptionCause } from '#engine/open-exception';
import type { Drifted, Stuck } from '#engine/watch-look';
import type { Doer } from '#engine/who-did-it';
import type { WorkflowStep } from '#engine/workflow';

/** Access tokens live about an hour and are not called back by ending the sessions. Source: "Access tokens in the Microsoft identity platform". */
const tokenLifeMs = 3_600_000;

type Words = Pick<ExceptionCause, 'title' | 'saw' | 'advice'>;

export function driftWords(engine: Engine, { record }: CaseState, drift: Drifted, who: Doer | undefined): Words {
  const { step } = drift.planned.workflowStep;
  const { done, back } = step.describe(drift.change);
  const { completedAt } = record.milestones;
  const proved = drift.row?.endedAt;
  const before = proved
    ? `It was proved ${short(engine, record, proved)}`
    : `It was not there when the case was completed${completedAt ? `, ${short(engine, record, completedAt)}` : ''}`;
  return {
    title: `${record.person.displayName}: ${back ?? `not so any more: ${done}`}`,
    saw: `${before}; now the tenant shows: ${drift.observation.text}. ${whoWords(engine, record, who)}`,
    advice: `${syncWords(who)}Retry undoes it and proves it. Waive accepts it until a day.`,
  };
}

/** What Latchkey cannot change: the step's own words, and who did it. */
export function stuckWords(engine: Engine, { record }: CaseState, { item }: Stuck): Words {
  const { completedAt } = record.milestones;
  const since = completedAt ? ` Seen after the case was completed ${short(engine, record, completedAt)}.` : '';
  return { title: `${record.person.displayName}: ${item.title}`, saw: `${item.saw}${since}`, advice: item.advice };
}

export function signInWords(
  engine: Engine,
  { record }: CaseState,
  at: Instant,
  again: WorkflowStep | undefined,
): Words {
  const { accessClosedAt } = record.milestones;
  const closed = accessClosedAt ? `; access was proved closed ${short(engine, record, accessClosedAt)}` : '';
  const soon = accessClosedAt !== undefined && toEpochMs(at) - toEpochMs(accessClosedAt) < tokenLifeMs;
  const token = soon ? ' Tokens issued before the end live for up to an hour: this may have been one of them.' : '';
  const retry = again ? 'Retry ends all sessions once more' : 'End all sessions';
  return {
    title: `${record.person.displayName}: signed in after access was closed`,
    saw: `The last successful sign-in was ${short(engine, record, at)}${closed}.${token}`,
    advice: `Look in the sign-in log of Entra for what was opened, and from where. ${retry}.`,
  };
}

function whoWords(engine: Engine, record: CaseRecord, who: Doer | undefined): string {
  return who ? `Done by ${who.by}, ${short(engine, record, who.at)}.` : 'The audit log does not tell who did it.';
}

function syncWords(who: Doer | undefined): string {
  return who?.bySync ? 'Put it right in Active Directory first, or its next synchronisation brings it back. ' : '';
}

function short({ calendar }: Engine, { zone }: CaseRecord, at: Instant): string {
  return calendar.shortText(at, zone);
}
