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

const firstSteps = ['leaver', 'approvals', 'cases'];

/** The commands that somebody may use; after a slip only what was probably meant, and how to see the rest. */
export function helpView(reader: CommandReader, misread?: Misread): HelpView {
  const commands = misread ? likelyFor(reader, misread) : commandsFor(reader);
  return {
    title: misread ? 'That is no command here' : 'What you can type',
    intro: [...(misread ? [misreadLine(misread)] : []), `You ${partOf(reader)}`],
    commands,
    fallbackText: `Commands: ${commands.map((line) => line.command.replaceAll('\\', '')).join(', ')}.`,
    summary: misread ? 'That is no command here' : 'What you can type',
  };
}

function likelyFor(reader: CommandReader, { nearest }: Misread): readonly CommandLine[] {
  const meant = nearest === undefined ? firstSteps : [nearest.split(' ')[0]];
  return commandsFor(reader).filter(({ command }) => [...meant, 'help'].includes(command.split(' ')[0]));
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
