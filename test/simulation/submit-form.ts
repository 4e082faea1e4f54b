import type { CaseId } from '#domain/ids';
import { openCase } from '#engine/open-case';
import { planSteps, stepContext } from '#engine/plan-steps';
import { chance } from './chance.js';
import { person } from './firm.js';
import { simWorkflow } from './steps.js';
import { engineOf, instantAt, type World } from './world.js';

/** The form is shown and submitted: what it showed is the tenant as it is at the beginning. */
export async function submitForm(world: World): Promise<CaseId> {
  const { scenario } = world;
  const engine = engineOf(world, 'form', chance(scenario.seed, 'form'));
  const { tenantId, requester, immediate } = scenario;
  const workflow = simWorkflow(scenario.accountWaits);
  const planned = await planSteps(stepContext(engine, 'L-0', 'leaver'), workflow.steps, {});
  const manager = person('manager', { accountEnabled: scenario.managerEnabled });
  const opened = await openCase(engine, {
    draft: {
      tenantId,
      draftId: 'draft-1',
      kind: 'leaver',
      person: person('leaver'),
      ...(scenario.hasManager ? { manager } : {}),
      requestedBy: requester,
      immediate,
      zone: 'Europe/London',
      planned: planned.flatMap(({ workflowStep, items }) =>
        items.map((item) => ({ stepId: workflowStep.step.id, item })),
      ),
      values: { lastDay: '', lastTime: '', delegate: '', autoReply: '' },
      requesterIsHr: requester === 'hr1',
      requesterName: requester,
      madeAt: instantAt(0),
    },
    effectiveAt: immediate ? engine.clock.tenantNow() : instantAt(scenario.effectiveAt),
    autoReply: '',
    intents: {},
    subjectRoles: ['it', 'hr'],
  });
  return opened.caseId;
}
