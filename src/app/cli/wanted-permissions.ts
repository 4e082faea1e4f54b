import { knownPermission } from '#app/cli/known-permissions';
import type { StepId } from '#domain/ids';
import { availabilityPermissions } from '#engine/availability';
import { directoryPermissions } from '#engine/directory';
import { auditPermissions } from '#engine/who-did-it';
import type { Workflow } from '#engine/workflow';

export interface WantedPermission {
  readonly name: string;
  readonly steps: readonly StepId[];
  /** What Latchkey itself, beside the steps, needs it for: sentence parts. */
  readonly looks: readonly string[];
}

interface Look {
  readonly permissions: readonly string[];
  readonly why: string;
  /** Nothing of it happens in observe mode and in a dry run. */
  readonly onlyWhenActing?: boolean;
}

/** What the engine reads by itself. */
const engineLooks: readonly Look[] = [
  { permissions: directoryPermissions, why: 'finding people and the groups of the policy file' },
  {
    permissions: availabilityPermissions,
    why: 'seeing that somebody who has to decide is out of office',
    onlyWhenActing: true,
  },
  {
    permissions: auditPermissions,
    why: 'looking after closed cases: sign-ins since, and who did what came back',
    onlyWhenActing: true,
  },
];

/** Every permission that the steps and the engine's own look-ups declare, by name. `reading`: what planning alone needs. */
export function wantedPermissions(workflows: readonly Workflow[], reading: boolean): readonly WantedPermission[] {
  const wanted = new Map<string, { readonly steps: Set<StepId>; readonly looks: Set<string> }>();
  const note = (declared: string, by: { readonly step?: StepId; readonly look?: string }) => {
    const name = reading ? knownPermission(declared).toRead : declared;
    if (name === undefined) return;
    const users = wanted.get(name) ?? { steps: new Set<StepId>(), looks: new Set<string>() };
    if (by.step) users.steps.add(by.step);
    if (by.look) users.looks.add(by.look);
    wanted.set(name, users);
  };
  for (const { permissions, why, onlyWhenActing } of engineLooks)
    if (!reading || !onlyWhenActing) for (const name of permissions) note(name, { look: why });
  for (const { step } of workflows.flatMap((workflow) => workflow.steps))
    for (const name of step.permissions) note(name, { step: step.id });
  return [...wanted]
    .map(([name, { steps, looks }]) => ({ name, steps: [...steps].sort(), looks: [...looks] }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function wantedFor({ steps, looks }: WantedPermission): string {
  return [...looks, ...steps].join(', ');
}
