import type { UserId } from '#domain/ids';
import type { Role } from '#domain/part';
import type { Engine } from '#engine/engine';
import type { InboundAction, InboundMessage, Place, Reply } from '#engine/ports/chat';

export interface BotContext {
  readonly engine: Engine;
  /** Where IT works exceptions; undefined: they go to the people of IT one by one. */
  readonly itChannelId: string | undefined;
  /** The app's id in its manifest: with it the bot installs itself for people who have never met it. */
  readonly teamsAppId?: string;
}

/** A person who wrote or clicked, with the roles they hold at this moment. */
export interface Sender {
  readonly userId: UserId;
  readonly roles: readonly Role[];
}

export interface CommandCall {
  readonly bot: BotContext;
  readonly sender: Sender;
  readonly message: InboundMessage;
  /** What stands behind the command's name, spaces folded. */
  readonly rest: string;
}

/** One chat command: one file under bot/commands. */
export interface Command {
  readonly name: string;
  /** `leaver <user> [on <date> [time]] [now]` */
  readonly usage: string;
  /** One line for the help card. */
  readonly summary: string;
  run(call: CommandCall): Promise<readonly Reply[]>;
}

export interface ActionCall {
  readonly bot: BotContext;
  readonly sender: Sender;
  readonly action: InboundAction;
}

/** One verb of a card's button: one file under bot/actions. Answers exactly one thing, and quickly. */
export interface Action {
  readonly verb: string;
  run(call: ActionCall): Promise<Reply>;
}

/** Where others read along, nobody is named. */
export function isShared(place: Place): boolean {
  return place.kind !== 'personal';
}
