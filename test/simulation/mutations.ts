/** One fence taken down: each edit's first text stands exactly once in the file and is replaced by the second. */
export interface Mutation {
  readonly name: string;
  readonly edits: readonly { readonly file: string; readonly find: string; readonly put: string }[];
}

const one = (name: string, file: string, find: string, put: string): Mutation => ({
  name,
  edits: [{ file: `src/${file}.ts`, find, put }],
});

export const mutations: readonly Mutation[] = [
  one(
    'acts without intent on the record',
    'engine/advance-change',
    "state: [changeWrite(applying), ...unchanged],\n    evidence: [\n      await changeEvidence(engine, applying, 'change.applying', { attempt: applying.attempt, clientRequestId }),\n    ],",
    'state: [...unchanged],\n    evidence: [],',
  ),
  {
    name: 'takes one read for a proof',
    edits: [
      {
        file: 'src/engine/prove-change.ts',
        find: '=== fingerprint ? change.agreeing : undefined;',
        put: '=== fingerprint ? change.agreeing : { count: 1, lastAt: issuedAt, fingerprint };',
      },
      {
        file: 'src/engine/prove-change.ts',
        find: 'if (msBetween(before.lastAt, issuedAt) < gapMs)',
        put: 'if (issuedAt < before.lastAt)',
      },
    ],
  },
  one(
    'lets a read that disagrees stand between two that agree',
    'engine/prove-change',
    'const { agreeing: _reset, ...kept } = seen;',
    'const kept = seen;',
  ),
  one(
    'takes an early negative read for "not applied"',
    'engine/prove-change',
    'change.appliedAt === undefined || msBetween(change.appliedAt, issuedAt) >= policy.verify.settleMs;',
    'true;',
  ),
  one(
    'counts the settle time from the intent, not from the lost answer',
    'engine/advance-change',
    "outcome: 'unknown',\n          appliedAt: now,",
    "outcome: 'unknown',",
  ),
  one(
    'takes a failed read for a negative one',
    'engine/prove-change',
    'return unreadable(run, state, change, number, error);',
    "verdict = { outcome: 'pending', observation: { text: 'unreadable', data: null } };",
  ),
  one('starts parts before their date', 'engine/run-case', ': isAtOrAfter(now, part.startsAt)),', ': true),'),
  one(
    'starts parts that nobody approved',
    'engine/run-case',
    'isApproved(part, state.decisions) &&\n      (part.startedAt',
    '(part.startedAt',
  ),
  one('writes without the lease', 'engine/case-run', 'lease: { lease, machineNow: engine.clock.machineNow() },', ''),
  one(
    'does not look at the lease when it sends',
    'engine/advance-change',
    '  await run.guard();\n  const ctx',
    '  const ctx',
  ),
  one(
    'sends again after a crash without reading',
    'engine/advance-change',
    'return proveChange(run, state, await recoverUnknown(run, change), step, number, applyChange);',
    'return applyChange(run, state, change, step, number);',
  ),
  one(
    'does a "once" again by itself',
    'engine/prove-change',
    "if (step.effect === 'once') {",
    "if (step.id === 'none.none') {",
  ),
  one(
    'retries what may have happened without reading',
    'engine/take-retries',
    'exception.byHand !== undefined || change.outcome !== undefined;',
    'exception.byHand !== undefined;',
  ),
  one(
    'sends what was done by hand meanwhile',
    'engine/advance-change',
    'if (!open) return [];',
    'if (!open || open.code) return [];',
  ),
  {
    name: 'decides without touching the case',
    edits: [
      {
        file: 'src/engine/decide-part.ts',
        find: 'state: [touchCase(state), ...decisions',
        put: 'state: [...decisions',
      },
      {
        file: 'src/engine/silence.ts',
        find: 'state: [touchCase(state), decisionWrite(decision)],',
        put: 'state: [decisionWrite(decision)],',
      },
    ],
  },
  one(
    'lets silence decide over a click',
    'engine/silence',
    'state: [touchCase(state), decisionWrite(decision)],',
    'state: [decisionWrite(decision)],',
  ),
  {
    name: 'lets the subject decide',
    edits: [
      {
        file: 'src/engine/decide-part.ts',
        find: 'if (isSubject(record, userId) || record.cancelled || wantsNewPlan(record)) return [];',
        put: '',
      },
      { file: 'src/engine/decide-part.ts', find: '!state || isSubject(state.record, request.userId)', put: '!state' },
      {
        file: 'src/engine/requirements.ts',
        find: "const others: Decider = { kind: 'role', role: 'hr', except: [subject, confirmer] };",
        put: "const others: Decider = { kind: 'role', role: 'hr', except: [] };",
      },
    ],
  },
  one(
    'takes a click for whatever is open now',
    'engine/decide-part',
    'return new Set(found.map(({ part }) => part.partHash)).size === shown.size ? found : [];',
    'return deciding;',
  ),
  one(
    'lets access wait for what people have yet to decide',
    'engine/dependencies',
    '|| !isRunning(state, c)) ?',
    ') ?',
  ),
  one(
    'overlooks what is needed again',
    'engine/replan-step',
    "(c.status === 'planned' || c.status === 'not-needed')",
    "c.status === 'planned'",
  ),
  one(
    'forgets what could not be read when a part began',
    'engine/start-part',
    'if (!failure || known) continue;',
    'continue;',
  ),
  one(
    'closes an unanswered question for good',
    'engine/escalate-decision',
    'const known = openExceptions(state).some((e) => e.changeKey === changeKey);',
    'const known = state.exceptions.some((e) => e.changeKey === changeKey);',
  ),
  one(
    'completes with an exception open',
    'domain/case-status',
    '|| openExceptions(state).length > 0) return false;',
    ') return false;',
  ),
  one(
    'does not sign a closure that a crash interrupted',
    'engine/run-case',
    '  if (closed) await signClosure(run, state.record);\n',
    '',
  ),
];
