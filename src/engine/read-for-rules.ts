import type { CaseRecord } from '#domain/case';
import type { UserId } from '#domain/ids';
import type { Role } from '#domain/part';
import { membersOfRole, readManager } from '#engine/directory';
import type { Engine } from '#engine/engine';

/** Whom the firm's rules ask and only the directory knows: read when the plan is made, where a rule asks for them. Throws `Failure`. */
export async function readForRules(
  { graph, policy }: Engine,
  record: CaseRecord,
): Promise<Pick<CaseRecord, 'managersManager' | 'askedOfAll'>> {
  const { rules } = policy.decisions;
  const asks = rules.flatMap(({ ask }) => ask);
  const upwards = asks.some((asked) => 'person' in asked && asked.person === 'managers-manager');
  const manager = upwards && record.manager ? await readManager(graph, record.manager.userId) : undefined;
  const usable = manager?.accountEnabled !== false && manager?.userType !== 'Guest' ? manager : undefined;
  const groups = rules
    .filter(({ need }) => need === 'all')
    .flatMap(({ ask }) => ask.flatMap((asked) => ('role' in asked ? [asked.role] : [])));
  const members = await Promise.all([...new Set(groups)].map((role) => idsOf(graph, policy, role)));
  return {
    ...(usable ? { managersManager: usable } : {}),
    ...(members.length > 0 ? { askedOfAll: Object.fromEntries(members) } : {}),
  };
}

async function idsOf(
  graph: Engine['graph'],
  policy: Engine['policy'],
  role: Role,
): Promise<readonly [Role, readonly UserId[]]> {
  const members = await membersOfRole(graph, policy, role);
  return [role, members.map(({ userId }) => userId)];
}
