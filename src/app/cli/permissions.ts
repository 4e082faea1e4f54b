import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { knownPermission } from '#app/cli/known-permissions';
import { wantedFor, wantedPermissions } from '#app/cli/wanted-permissions';
import { installPermissions } from '#engine/install-for-person';
import type { Workflow } from '#engine/workflow';

/** Writes the page on permissions from what the steps declare. */
export async function runPermissions(
  workflows: readonly Workflow[],
  path: string,
  print: (line: string) => void,
): Promise<number> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, permissionsPage(workflows));
  print(`${path} is written.`);
  return 0;
}

/** The page as Markdown; the same steps give the same bytes. */
export function permissionsPage(workflows: readonly Workflow[]): string {
  return [
    '# Permissions',
    '',
    '<!-- Written by `npx latchkey permissions` from the steps; a test holds it against them. Change the steps, not this page. -->',
    '',
    'Latchkey signs in as an application of its own, with application permissions: nobody’s account and nobody’s password is used.',
    'Each permission is the least that Microsoft’s reference lists for what a step calls. `npx latchkey doctor` compares this page',
    'with what your tenant has granted and says what is missing.',
    '',
    '## Look first: observe mode and dry runs',
    '',
    'For `LATCHKEY_MODE=observe` and `latchkey plan`, which change nothing, these are enough, with the directory role **Global Reader**',
    'for the application, without which Exchange answers no cmdlet:',
    '',
    ...permissionTable(workflows, true),
    '',
    '## To carry out what was approved',
    '',
    ...permissionTable(workflows, false),
    '',
    '## Step by step',
    '',
    ...workflows.flatMap(stepTable),
    '',
    '## So that nobody is missed',
    '',
    `With ${code(installPermissions)} (Microsoft Graph, application) and \`TEAMS_APP_ID\` set, Latchkey installs itself for somebody`,
    'who has to decide and has never met it. Without them such a person becomes an exception, and an administrator installs the app.',
    '',
    '## Directory roles of the application',
    '',
    'Application permissions do not reach everything. Give these roles to the application itself (Entra admin centre > Roles & admins >',
    'the role > Add assignments > the application):',
    '',
    '| role | what it is for |',
    '|---|---|',
    '| Exchange Administrator | `Exchange.ManageAsApp` lets the application sign in to Exchange; the role is what lets it run cmdlets |',
    '| User Administrator | leavers who hold a low administrator role: Entra refuses to block them or to delete their sign-in methods otherwise |',
    '| Privileged Authentication Administrator | only if Latchkey is to close Global Administrators and members of role-assignable groups; without it these become exceptions for a person |',
    '',
    '## How to grant',
    '',
    '1. Entra admin centre > App registrations > the application > API permissions > Add a permission.',
    '2. Microsoft Graph > Application permissions, or APIs my organization uses > Office 365 Exchange Online > Application permissions.',
    '3. Tick the names above, add them, then **Grant admin consent**. A new grant counts from the next token on, which can take an hour.',
    '4. `npx latchkey doctor`.',
    '',
  ].join('\n');
}

function permissionTable(workflows: readonly Workflow[], reading: boolean): readonly string[] {
  const rows = wantedPermissions(workflows, reading).map((wanted) => {
    const { api, appRoleId, allows } = knownPermission(wanted.name);
    return `| \`${wanted.name}\` | ${api} | \`${appRoleId}\` | ${allows} | ${wantedFor(wanted)} |`;
  });
  return [
    '| permission (application) | API | app role id | lets the application | needed for |',
    '|---|---|---|---|---|',
    ...rows,
  ];
}

function stepTable({ kind, steps }: Workflow): readonly string[] {
  const rows = steps.map(({ step }) => {
    const names = [...step.permissions].sort();
    const toRead = [...new Set(names.flatMap((name) => knownPermission(name).toRead ?? []))].sort();
    return `| \`${step.id}\` | ${code(names)} | ${code(toRead)} | ${step.risk} |`;
  });
  return [`### A ${kind}`, '', '| step | permissions | to plan it only | risk |', '|---|---|---|---|', ...rows];
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ') || 'none';
}
