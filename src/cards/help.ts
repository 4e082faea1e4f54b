import { type CommandLine, type CommandReader, commandsFor, partOf } from '#cards/command-list';
import { markdown } from '#cards/escape-markdown';
import { expandTemplate } from '#cards/expand-template';
import type { Card } from '#engine/ports/chat';
import template from '../../cards/help.json' with { type: 'json' };

export interface HelpView {
  readonly title: string;
  readonly intro: readonly string[];
  readonly commands: readonly CommandLine[];
  readonly fallbackText: string;
  readonly summary: string;
}

/** What was typed and could not be read, and the command it may have meant. */
export interface Misread {
  readonly typed: string;
  readonly nearest?: string;
}

/** The commands that somebody may use, with a first line about what they typed where that was no command. */
export function helpView(reader: CommandReader, misread?: Misread): HelpView {
  const commands = commandsFor(reader);
  return {
    title: misread ? 'That is no command here' : 'What you can type',
    intro: [...(misread ? [misreadLine(misread)] : []), `You ${partOf(reader)}`],
    commands,
    fallbackText: `Commands: ${commands.map((line) => line.command.replaceAll('\\', '')).join(', ')}.`,
    summary: misread ? 'That is no command here; this is what you can type' : 'What you can type',
  };
}

function misreadLine({ typed, nearest }: Misread): string {
  const read = markdown`I cannot read "${typed}".`;
  return nearest === undefined ? read : `${read} ${markdown`Did you mean **${nearest}**?`}`;
}

export function helpSummary(view: HelpView): string {
  return view.summary;
}

export function helpCard(view: HelpView): Card {
  return expandTemplate('help', template, view);
}
