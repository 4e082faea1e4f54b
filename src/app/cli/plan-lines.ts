import type { Planned } from '#domain/planned';
import type { PlannedStep } from '#engine/plan-steps';
import type { Step } from '#engine/step';

interface Line {
  readonly group: string;
  readonly text: string;
}

/** The plan as text, in the groups of the approval card; `complete` is false when a step could not be planned. */
export function planLines(planned: readonly PlannedStep[]): {
  readonly lines: readonly string[];
  readonly complete: boolean;
} {
  const items = planned.flatMap(({ workflowStep: { step }, items: all }) => all.map((item) => ({ step, item })));
  const changes = items.flatMap(({ step, item }) => (item.kind === 'change' ? [changeLine(step, item)] : []));
  const groups = [...new Set(changes.map(({ group }) => group))];
  const failures = planned.flatMap(({ workflowStep: { step }, failure }) =>
    failure
      ? [`  - ${step.id}: ${failure.message}${failure.detail.missing ? ` (needs ${failure.detail.missing})` : ''}`]
      : [],
  );
  const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', title, ...lines]);
  return {
    lines: [
      ...(changes.length === 0 ? ['', 'Nothing would be changed.'] : []),
      ...groups.flatMap((group) =>
        section(
          group,
          changes.filter((c) => c.group === group).map(({ text }) => text),
        ),
      ),
      ...section(
        'Already so',
        items.flatMap(({ item }) => (item.kind === 'not-needed' ? [`  - ${item.observation.text}`] : [])),
      ),
      ...section(
        'For a person',
        items.flatMap(({ item }) => (item.kind === 'blocked' ? [`  - ${item.title}: ${item.saw} ${item.advice}`] : [])),
      ),
      ...section('Could not be planned', failures),
    ],
    complete: failures.length === 0,
  };
}

function changeLine(step: Pick<Step, 'describe' | 'risk'>, { change }: Planned & { kind: 'change' }): Line {
  const { group, will } = step.describe(change);
  const mark = step.risk === 'routine' ? '' : ` [${step.risk}]`;
  return { group, text: `  - ${will}${mark}${change.attention ? ` (${change.attention})` : ''}` };
}
