import { type CommandLine, type CommandReader, commandsFor, partOf } from '#cards/command-list';
import { expandTemplate } from '#cards/expand-template';
import type { Card, Place } from '#engine/ports/chat';
import template from '../../cards/welcome.json' with { type: 'json' };

export interface WelcomeView {
  readonly title: string;
  readonly lines: readonly string[];
  readonly commands: readonly CommandLine[];
  readonly fallbackText: string;
  readonly summary: string;
}

/** How many commands a welcome shows; `help` has the rest. */
const firstCommands = 4;

/**
 * Said once, where the bot was installed. In a group chat or channel it says nothing of anybody's part: others read it, and
 * cases are worked one to one. `reader` is left out there.
 */
export function welcomeView(place: Place['kind'], reader?: CommandReader): WelcomeView {
  const summary = 'Latchkey is here: joiners, movers and leavers';
  const fallbackText =
    'Latchkey looks after joiners, movers and leavers in Microsoft 365. Type help for what you can do.';
  if (place !== 'personal' || !reader)
    return {
      title: 'Latchkey is here',
      lines: [
        'It looks after joiners, movers and leavers in Microsoft 365: planned, decided by the right people, done, and read back as proof.',
        'Commands about people are answered where nobody else reads along: write to Latchkey in a chat of your own, or mention it here and it answers you there.',
      ],
      commands: [],
      fallbackText,
      summary,
    };
  return {
    title: 'Welcome to Latchkey',
    lines: [
      'Latchkey looks after joiners, movers and leavers in Microsoft 365. It shows what will change, asks whoever has to decide, does it, and reads every change back before it says done.',
      `You ${partOf(reader)}`,
    ],
    commands: welcomeCommands(reader),
    fallbackText,
    summary,
  };
}

function welcomeCommands(reader: CommandReader): readonly CommandLine[] {
  const all = commandsFor(reader);
  const help = all.filter((line) => line.command === 'help');
  return [...all.filter((line) => line.command !== 'help').slice(0, firstCommands), ...help];
}

export function welcomeSummary(view: WelcomeView): string {
  return view.summary;
}

export function welcomeCard(view: WelcomeView): Card {
  return expandTemplate('welcome', template, view);
}
