import type { BotContext, Sender } from '#bot/bot-context';
import type { CommandReader } from '#cards/command-list';
import { directReports } from '#engine/directory';

/** What decides which commands somebody is told about. */
export async function readerOf({ engine }: BotContext, sender: Sender): Promise<CommandReader> {
  const reports = await directReports(engine.graph, sender.userId);
  return { roles: sender.roles, isManager: reports.length > 0 };
}
