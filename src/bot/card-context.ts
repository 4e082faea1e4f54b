import type { CardContext } from '#cards/card-context';
import type { CaseKind } from '#domain/ids';
import type { Engine } from '#engine/engine';
import { describeChange } from '#engine/workflow';

/** What every card of a case is drawn with: the site's clock, the firm's rules, the words of the workflow's steps. */
export function cardContext(engine: Engine, kind: CaseKind): CardContext {
  const workflow = engine.workflows[kind];
  if (!workflow) throw new Error(`no workflow for ${kind}`);
  return {
    calendar: engine.calendar,
    policy: engine.policy,
    describe: (stepId, change) => describeChange(workflow, stepId, change),
    now: engine.clock.tenantNow(),
    ...(workflow.keepable ? { keepable: workflow.keepable } : {}),
  };
}
