import { expect } from 'chai';
import type { CaseState } from '#domain/case-state';
import type { ChangeStatus } from '#domain/change';
import { dependencyState } from '#engine/dependencies';
import { simWorkflow } from '../simulation/steps.js';
import { minute, oneCase } from './one-case.js';

const workflow = simWorkflow(false);

/** A planned case in which one change has this status and one part was begun, or was answered like this. */
async function planned(objects: readonly string[], special: { accountWaits?: boolean } = {}): Promise<CaseState> {
  const one = await oneCase(objects, special);
  await one.pass(minute);
  return one.state();
}

function withStatus(state: CaseState, targetId: string, status: ChangeStatus): CaseState {
  return { ...state, changes: state.changes.map((c) => (c.change.target.id === targetId ? { ...c, status } : c)) };
}

function begun(state: CaseState): CaseState {
  return { ...state, parts: state.parts.map((part) => ({ ...part, startedAt: state.record.openedAt })) };
}

function rejected(state: CaseState, partId: string): CaseState {
  const part = state.parts.find((p) => p.partId === partId);
  const requirement = part?.requirements[0];
  if (!part || !requirement) throw new Error(`nobody decides ${partId}`);
  const { tenantId, caseId, partHash } = part;
  const { requirementId, round } = requirement;
  const decision = { tenantId, caseId, partId, partHash, requirementId, round, decidedBy: 'manager', right: 'named' };
  return { ...state, decisions: [...state.decisions, { ...decision, outcome: 'rejected', decidedAt: part.startsAt }] };
}

function answer(state: CaseState, targetId: string) {
  const change = state.changes.find((c) => c.change.target.id === targetId);
  if (!change) throw new Error(`no change of ${targetId}`);
  return dependencyState(workflow, state, change);
}

describe('[unit] engine/dependencies', () => {
  it('lets a change that closes access wait for what runs, and for nothing that failed', async () => {
    const state = begun(await planned(['account', 'group', 'licence']));
    expect(answer(state, 'account-0')).to.equal('go');
    for (const status of ['planned', 'applying', 'verifying'] as const)
      expect(answer(withStatus(state, 'account-0', status), 'group-1'), status).to.equal('wait');
    for (const status of ['confirmed', 'not-needed', 'done-by-hand', 'waived', 'exception'] as const)
      expect(answer(withStatus(state, 'account-0', status), 'group-1'), status).to.equal('go');
  });

  it('lets it wait for nobody: what is not approved yet does not count', async () => {
    const state = await planned(['account', 'mailbox', 'licence'], { accountWaits: true });
    const account = state.changes.find((c) => c.change.target.id === 'account-0');
    expect(account?.change.alsoAfter).to.deep.equal(['sim.convert-mailbox']);
    const apart = state.changes.map((c) => (c.stepId === 'sim.convert-mailbox' ? { ...c, partId: 'access-added' } : c));
    expect(answer(begun(state), 'account-0')).to.equal('wait');
    expect(answer({ ...begun(state), changes: apart }, 'account-0')).to.equal('go');
  });

  it('lets anything else wait for the real end, and never run when what it needs was rejected', async () => {
    const state = begun(await planned(['account', 'grant', 'mailbox', 'licence']));
    const converted = withStatus(state, 'mailbox-2', 'confirmed');
    expect(answer(converted, 'licence-3')).to.equal('wait');
    expect(answer(withStatus(converted, 'grant-1', 'exception'), 'licence-3')).to.equal('wait');
    expect(answer(withStatus(converted, 'grant-1', 'confirmed'), 'licence-3')).to.equal('go');
    expect(answer(rejected(converted, 'hand-over'), 'licence-3')).to.equal('never');
    expect(answer(rejected(withStatus(converted, 'grant-1', 'not-needed'), 'hand-over'), 'licence-3')).to.equal('go');
  });
});
