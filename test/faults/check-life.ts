import type { CaseState } from '#domain/case-state';
import { people } from '#sandbox/firm/ids';
import type { Life } from './life.js';

/** At most this many requests are under way at once: so many a crash may leave unknown, and have done once more. */
const widest = 8;

/** What does not hold, in sentences. `whole` is the same leaver with nobody killed. */
export function check(life: Life, whole: Life): readonly string[] {
  return [
    ...(life.tenantDigest === whole.tenantDigest ? [] : ['the tenant ended up different']),
    ...life.journal.evidenceProblems,
    ...(life.journal.checkpoints > 0 ? [] : ['the closure was not signed']),
    ...journalIsWhole(life, whole),
    ...writesAreRight(life, whole),
    ...decisionsCountOnce(life),
    ...everybodyWasTold(life),
  ];
}

function journalIsWhole(life: Life, whole: Life): readonly string[] {
  const { cases } = life.journal;
  const expected = whole.journal.cases.map(statuses);
  const found: string[] = [];
  if (JSON.stringify(cases.map(statuses)) !== JSON.stringify(expected))
    found.push(`the journal ended up different: ${JSON.stringify(cases.map(statuses))}`);
  for (const { exceptionId, code } of cases.flatMap((state) => state.exceptions))
    found.push(`exception ${exceptionId} (${code}) was opened`);
  for (const type of ['case.opened', 'plan.made', 'part.started', 'change.confirmed', 'case.completed']) {
    const rows = [life, whole].map(({ journal }) => journal.evidence.filter((row) => row === type).length);
    if (rows[0] !== rows[1]) found.push(`${type} is ${rows[0]} times on the record, not ${rows[1]}`);
  }
  return found;
}

function statuses({ record, changes }: CaseState): readonly string[] {
  return [record.caseId, ...changes.map((change) => `${change.change.key} ${change.status}`).sort()];
}

/** Every step of this leaver sets a state, so that one more of what a crash left unknown does no harm; two more would be a loop. */
function writesAreRight(life: Life, whole: Life): readonly string[] {
  const found: string[] = [];
  const wanted = new Set(whole.tenantWrites);
  const times = new Map<string, number>();
  for (const write of life.tenantWrites) times.set(write, (times.get(write) ?? 0) + 1);
  for (const write of wanted) if (!times.has(write)) found.push(`never carried out: ${write}`);
  for (const [write, count] of times) {
    if (!wanted.has(write)) found.push(`nobody asked for: ${write}`);
    if (count > (life.killed ? 2 : 1)) found.push(`carried out ${count} times: ${write}`);
  }
  const repeated = [...times.values()].filter((count) => count > 1).length;
  if (repeated > widest)
    found.push(`${repeated} requests were carried out again; only ${widest} can have been under way`);
  return found;
}

function decisionsCountOnce({ journal }: Life): readonly string[] {
  const decisions = journal.cases.flatMap((state) => state.decisions);
  const asked = journal.cases.flatMap((s) =>
    s.parts.flatMap((p) => p.requirements.map((r) => p.partId + r.requirementId)),
  );
  const answered = new Set(decisions.map((d) => d.partId + d.requirementId));
  const rows = journal.evidence.filter((type) => type === 'part.approved').length;
  const found: string[] = [];
  if (answered.size !== asked.length) found.push(`${asked.length} decisions were wanted, ${answered.size} made`);
  if (decisions.length !== answered.size) found.push(`${decisions.length} decisions are kept for ${answered.size}`);
  if (rows !== decisions.length) found.push(`${rows} approvals are on the record for ${decisions.length} decisions`);
  return found;
}

/** One completion card each, and the requester's progress card at its end; what a crash left half-born may still stand above them, and is neither. */
function everybodyWasTold({ messages }: Life): readonly string[] {
  const saying = (pattern: RegExp) =>
    messages.filter(({ fallbackText }) => pattern.test(fallbackText)).map(({ conversationId }) => conversationId);
  const told = saying(/^Case L-\d+ completed: /).sort();
  const expected = [people.danaReyes, people.morganLee, people.samOkoro, people.priyaShah].sort();
  const found: string[] = [];
  if (JSON.stringify(told) !== JSON.stringify(expected))
    found.push(`completion cards went to ${told.join(', ')}, not to ${expected.join(', ')}`);
  if (!saying(/^Case L-\d+: .*: Completed\./).includes(people.danaReyes))
    found.push('the progress card of the requester never came to its end');
  return found;
}
