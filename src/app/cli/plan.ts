import { openTenant } from '#app/cli/open-tenant';
import { planLines } from '#app/cli/plan-lines';
import type { Config } from '#app/config';
import type { ConnectedTenant } from '#app/connect-tenant';
import { OperatorError } from '#app/operator-error';
import { loadPolicy } from '#app/policy-file';
import type { Policy } from '#domain/policy';
import type { PersonView } from '#domain/subject';
import { findPeople, isProtected, readManager } from '#engine/directory';
import { planSteps } from '#engine/plan-steps';
import { stepsOfCase, type Workflow } from '#engine/workflow';
import { leaverIntents } from '#workflows/leaver-intents';

type Print = (line: string) => void;

/**
 * What a leaver would change for one person, read from the live tenant; nothing is written anywhere. 0 when all of it could be
 * planned, 1 when some could not be read, or nobody would open a case for this person.
 */
export async function runPlan(config: Config, workflow: Workflow, typed: string, print: Print): Promise<number> {
  const policy = await loadPolicy(config.policyFile, { sandbox: config.mode === 'sandbox' });
  const tenant = await openTenant(config, print);
  try {
    const person = await onePerson(tenant, typed);
    const manager = await readManager(tenant.graph, person.userId);
    print(
      `${person.displayName} · ${person.userPrincipalName}${person.officeLocation ? ` · ${person.officeLocation}` : ''}`,
    );
    print(
      manager
        ? `Manager and delegate: ${manager.displayName}`
        : 'Nobody is set as manager; the mailbox goes to nobody.',
    );
    print('A dry run: nothing is changed.');
    if (await isProtected(tenant.graph, policy, person.userId)) {
      print('');
      print('This account is protected by the policy file: no case would be opened.');
      return 1;
    }
    const context = {
      tenantId: tenant.tenantId,
      caseId: 'L-0',
      userId: person.userId,
      graph: tenant.graph,
      exchange: tenant.exchange,
      now: tenant.clock.tenantNow(),
    };
    const planned = await planSteps(context, stepsOfCase(workflow, {}), intentsFor(policy, person, manager));
    const { lines, complete } = planLines(planned);
    for (const line of lines) print(line);
    return complete ? 0 : 1;
  } finally {
    await tenant.close();
  }
}

async function onePerson({ graph }: ConnectedTenant, typed: string): Promise<PersonView> {
  const found = await findPeople(graph, typed);
  const [person] = found;
  if (!person)
    throw new OperatorError(
      `Entra knows nobody as "${typed}". Give the whole display name, the userPrincipalName, the mail address or the object id.`,
    );
  if (found.length > 1)
    throw new OperatorError(
      `"${typed}" is ${found.length} people; say which one by userPrincipalName:\n${found
        .map(
          (one) =>
            `  - ${one.userPrincipalName}  ${[one.jobTitle, one.department, one.officeLocation].filter(Boolean).join(', ')}`,
        )
        .join('\n')}`,
    );
  return person;
}

/** As the request form would come prefilled. */
function intentsFor(policy: Policy, person: PersonView, manager: PersonView | undefined) {
  const contact = manager ? `${manager.displayName}${manager.mail ? ` (${manager.mail})` : ''}` : policy.leaver.firm;
  const autoReply = policy.leaver.autoReply
    .replaceAll('{name}', person.displayName)
    .replaceAll('{firm}', policy.leaver.firm)
    .replaceAll('{delegate}', contact);
  return leaverIntents({ autoReply, ...(manager ? { delegate: manager } : {}) });
}
