import { knownPermission } from '#app/cli/known-permissions';
import type { StepId } from '#domain/ids';
import { directoryPermissions } from '#engine/directory';
import type { Workflow } from '#engine/workflow';

export interface WantedPermission {
  readonly name: string;
  readonly steps: readonly StepId[];
  /** Needed to find people, their managers and the groups of the policy file. */
  readonly forDirectory: boolean;
}

/** Every permission that the steps and the directory look-ups declare, by name. `reading`: what planning alone needs. */
export function wantedPermissions(workflows: readonly Workflow[], reading: boolean): readonly WantedPermission[] {
  const steps = new Map<string, Set<StepId>>();
  const inMode = (name: string) => (reading ? knownPermission(name).toRead : name);
  const note = (declared: string, step?: StepId) => {
    const name = inMode(declared);
    if (name === undefined) return;
    const users = steps.get(name) ?? new Set<StepId>();
    if (step) users.add(step);
    steps.set(name, users);
  };
  for (const name of directoryPermissions) note(name);
  for (const { step } of workflows.flatMap((workflow) => workflow.steps))
    for (const name of step.permissions) note(name, step.id);
  const directory: readonly (string | undefined)[] = directoryPermissions.map(inMode);
  return [...steps]
    .map(([name, users]) => ({ name, steps: [...users].sort(), forDirectory: directory.includes(name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function wantedFor({ steps, forDirectory }: WantedPermission): string {
  return [...(forDirectory ? ['finding people and the groups of the policy file'] : []), ...steps].join(', ');
}
