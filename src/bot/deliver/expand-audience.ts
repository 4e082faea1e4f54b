import type { BotContext } from '#bot/bot-context';
import type { CaseRecord } from '#domain/case';
import type { UserId } from '#domain/ids';
import type { Decider, Role } from '#domain/part';
import { openRequirements } from '#domain/part-status';
import { membersOfRole } from '#engine/directory';
import { loadCase } from '#engine/load-case';
import type { OutboxItem } from '#engine/ports/store';

/**
 * Turns `role/it` into the channel or the people it means at this moment. Where the subject sits in that group the channel would
 * tell them: then their colleagues get it one by one, and they do not.
 */
export async function expandAudience(bot: BotContext, item: OutboxItem): Promise<void> {
  const { engine } = bot;
  const role = item.audience.slice('role/'.length) as Role;
  const state = item.caseId ? await loadCase(engine.store, engine.tenantId, item.caseId) : undefined;
  if (!state || !item.caseId) return;
  const { record } = state;
  const audiences = goesToChannel(bot, role, item.kind, record)
    ? [`channel/${bot.itChannelId}`]
    : (
        await peopleOf(
          bot,
          role,
          record,
          exceptedIn(
            state.parts.flatMap((p) => openRequirements(p, state.decisions)).flatMap((r) => r.of),
            role,
          ),
        )
      ).map((userId) => `person/${userId}`);
  if (audiences.length === 0) engine.report(`nobody is left in ${role} to hear of ${record.caseId}`, undefined);
  const result = await engine.store.commit({
    tenantId: engine.tenantId,
    state: [],
    evidence: [],
    outbox: audiences.map((audience) => ({
      key: `${audience}|${item.kind}|${item.caseId}`,
      audience,
      kind: item.kind,
      ...(item.caseId ? { caseId: item.caseId } : {}),
    })),
  });
  if (!result.ok) throw new Error(`the message ${item.key} could not be passed on: ${result.reason}`);
}

function goesToChannel(bot: BotContext, role: Role, kind: string, record: CaseRecord): boolean {
  return kind === 'exception' && role === 'it' && bot.itChannelId !== undefined && !record.subjectRoles.includes('it');
}

function exceptedIn(deciders: readonly Decider[], role: Role): readonly UserId[] {
  return deciders.flatMap((d) => (d.kind === 'role' && d.role === role ? d.except : []));
}

async function peopleOf(
  bot: BotContext,
  role: Role,
  record: CaseRecord,
  except: readonly UserId[],
): Promise<readonly UserId[]> {
  const { engine } = bot;
  const members = await membersOfRole(engine.graph, engine.policy, role);
  return members
    .map(({ userId }) => userId)
    .filter((userId) => userId !== record.person.userId && !except.includes(userId));
}
