import { cardContext } from '#bot/card-context';
import { namesIn } from '#bot/case-names';
import type { CardContext, Viewer } from '#cards/card-context';
import { caseCompletedCard, caseCompletedSummary, caseCompletedView } from '#cards/case-completed';
import { caseProgressCard, caseProgressSummary, caseProgressView } from '#cards/case-progress';
import { deviationCard, deviationSummary, deviationView } from '#cards/deviation';
import { exceptionCard, exceptionSummary, exceptionView } from '#cards/exception';
import { leaverApprovalCard, leaverApprovalSummary, leaverApprovalView } from '#cards/leaver-approval';
import { type CaseState, openExceptions } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import type { DeviationPart } from '#domain/deviation-part';
import { isFailure } from '#domain/failure';
import type { StepId } from '#domain/ids';
import type { Part } from '#domain/part';
import type { Deciding } from '#engine/decide-part';
import { membersOfRole } from '#engine/directory';
import type { Engine } from '#engine/engine';
import type { Sees } from '#engine/may-see';
import type { OutgoingCard } from '#engine/ports/chat';

export interface Rendered extends OutgoingCard {
  /** The parts whose decision the card asks for: what was shown is on the record. */
  readonly asks: readonly Part[];
}

export function viewerOf(userId: string, sees: Sees): Viewer {
  return { userId, sees: sees === 'auditor' ? 'leadership' : sees };
}

/** The context of one case's cards for one viewer; none: a channel. */
async function caseContext(engine: Engine, state: CaseState, viewer?: Viewer): Promise<CardContext> {
  const [nameOf, heads] = await Promise.all([namesIn(engine, state), engine.store.heads(engine.tenantId)]);
  const head = heads.find(({ chain }) => chain === state.record.caseId);
  return {
    ...cardContext(engine, state.record.kind),
    ...(viewer ? { viewer } : {}),
    nameOf,
    dependents: (stepId) => dependentsOf(engine, state, stepId),
    ...(head ? { evidenceHead: head.hash } : {}),
  };
}

function dependentsOf(engine: Engine, state: CaseState, stepId: StepId): readonly StepId[] {
  const steps = engine.workflows[state.record.kind]?.steps.map(({ step }) => step) ?? [];
  const direct = steps.filter((step) => step.after.includes(stepId)).map((step) => step.id);
  return [...new Set([...direct, ...direct.flatMap((id) => dependentsOf(engine, state, id))])];
}

export async function renderProgress(engine: Engine, state: CaseState, viewer: Viewer): Promise<Rendered> {
  const view = caseProgressView(inOrder(engine, state), await caseContext(engine, state, viewer));
  return { card: caseProgressCard(view), summary: caseProgressSummary(view), asks: [] };
}

/** The plan with this viewer's decision in it; `deciding`: what waits for them. */
export async function renderDecision(
  engine: Engine,
  state: CaseState,
  viewer: Viewer,
  deciding: readonly Deciding[],
): Promise<Rendered> {
  const decides = deciding.map(({ part, requirement }) => `${part.partHash}/${requirement.requirementId}`);
  const view = leaverApprovalView(inOrder(engine, state), await caseContext(engine, state, { ...viewer, decides }));
  const asks = deciding.map(({ part }) => part);
  return { card: leaverApprovalCard(view), summary: leaverApprovalSummary(view), asks };
}

export async function renderCompleted(engine: Engine, state: CaseState, viewer: Viewer): Promise<Rendered> {
  const view = caseCompletedView(inOrder(engine, state), await caseContext(engine, state, viewer));
  return { card: caseCompletedCard(view), summary: caseCompletedSummary(view), asks: [] };
}

/** One wish to go otherwise than planned; `mayDecide`: it waits for this viewer. */
export async function renderDeviation(
  engine: Engine,
  state: CaseState,
  viewer: Viewer,
  part: DeviationPart,
  mayDecide: boolean,
): Promise<Rendered> {
  const view = deviationView(inOrder(engine, state), part, mayDecide, await caseContext(engine, state, viewer));
  return { card: deviationCard(view), summary: deviationSummary(view), asks: mayDecide ? [part] : [] };
}

export async function renderException(engine: Engine, state: CaseState, viewer?: Viewer): Promise<Rendered> {
  const context = { ...(await caseContext(engine, state, viewer)), assignees: await assigneesOf(engine, state) };
  const view = exceptionView(inOrder(engine, state), context);
  return { card: exceptionCard(view), summary: exceptionSummary(view), asks: [] };
}

/** The owning group and its leadership, as they are now; nobody where the directory does not say: the card is sent all the same. */
async function assigneesOf(engine: Engine, state: CaseState): Promise<NonNullable<CardContext['assignees']>> {
  if (openExceptions(state).length === 0) return [];
  try {
    const roles = [engine.policy.exceptions.ownerRole, 'itLeadership'] as const;
    const members = await Promise.all(roles.map((role) => membersOfRole(engine.graph, engine.policy, role)));
    const people = new Map(members.flat().map((person) => [person.userId, person]));
    return [...people.values()].filter(({ userId }) => userId !== state.record.person.userId);
  } catch (error) {
    if (!isFailure(error)) throw error;
    engine.report(`reading who may be given exceptions of ${state.record.caseId}`, error);
    return [];
  }
}

/** Read from the store by key; people read the steps in the order of the workflow. */
function inOrder(engine: Engine, state: CaseState): CaseState {
  const steps = engine.workflows[state.record.kind]?.steps.map(({ step }) => step.id) ?? [];
  const place = ({ stepId }: ChangeRecord) => steps.indexOf(stepId);
  return { ...state, changes: [...state.changes].sort((a, b) => place(a) - place(b)) };
}
