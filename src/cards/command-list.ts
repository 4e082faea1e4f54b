import type { Role } from '#domain/part';

/** What decides which commands somebody is told about; what they may really do is decided at each command. */
export interface CommandReader {
  readonly roles: readonly Role[];
  /** Has direct reports: may ask for their leaving, and decides on hand-overs. */
  readonly isManager: boolean;
}

export interface CommandLine {
  /** Markdown. */
  readonly command: string;
  readonly text: string;
}

interface Command extends CommandLine {
  readonly for: (reader: CommandReader) => boolean;
}

const has = (reader: CommandReader, ...roles: readonly Role[]) => roles.some((role) => reader.roles.includes(role));
const asks = (reader: CommandReader) => reader.isManager || has(reader, 'hr');
const decides = (reader: CommandReader) => reader.isManager || has(reader, 'hr', 'itLeadership', 'approvers');
const sees = (reader: CommandReader) => decides(reader) || has(reader, 'it', 'auditors');
const repairs = (reader: CommandReader) => has(reader, 'it', 'itLeadership');
const everybody = () => true;

const commands: readonly Command[] = [
  {
    command: 'leaver \\<person\\>',
    text: 'Somebody leaves: shows the person and asks for the last day. Nothing happens before you submit.',
    for: asks,
  },
  {
    command: 'leaver \\<person\\> on 20 Nov 17:00',
    text: 'The same with the last working day and time filled in.',
    for: asks,
  },
  {
    command: 'leaver \\<person\\> now',
    text: 'Access ends at once; a second person in HR confirms it.',
    for: (r) => has(r, 'hr'),
  },
  { command: 'approvals', text: 'What waits for your decision.', for: decides },
  { command: 'approve L-104', text: 'Approves what you were last shown of that case.', for: decides },
  { command: 'reject L-104 \\<reason\\>', text: 'Rejects it and says why.', for: decides },
  {
    command: 'delegate approvals to \\<person\\> until 27 Nov 2026',
    text: 'A colleague decides for you while you are away; to nobody ends it.',
    for: decides,
  },
  { command: 'cases', text: 'The cases that you may see.', for: sees },
  { command: 'case L-104', text: 'Where one case stands.', for: sees },
  { command: 'retry L-104', text: 'Tries again what could not be proved.', for: repairs },
  {
    command: 'done L-104 \\<what you did\\>',
    text: 'Says that you did it by hand; it is read back where that is possible.',
    for: repairs,
  },
  {
    command: 'policy',
    text: 'Which rules are in force, and what waits to be signed.',
    for: (r) => r.roles.length > 0,
  },
  {
    command: 'sign policy',
    text: 'Signs the changed rules that you were last shown; reject policy \\<reason\\> turns them down.',
    for: (r) => has(r, 'itLeadership', 'approvers'),
  },
  { command: 'help', text: 'Everything that you can type.', for: everybody },
];

export function commandsFor(reader: CommandReader): readonly CommandLine[] {
  return commands.filter((command) => command.for(reader)).map(({ command, text }) => ({ command, text }));
}

/** What somebody's part is here, in a sentence that follows "You". */
export function partOf(reader: CommandReader): string {
  const parts = [
    ...(has(reader, 'hr') ? ['start and confirm leavers for HR'] : []),
    ...(reader.isManager ? ['ask for a leaver in your team and decide on its hand-over'] : []),
    ...(repairs(reader) ? ['work what Latchkey could not prove'] : []),
    ...(has(reader, 'auditors') ? ['may read every case'] : []),
  ];
  if (parts.length === 0)
    return 'have no part in a case at the moment. When something needs your decision, it comes to you here.';
  return parts.length === 1 ? `${parts[0]}.` : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}.`;
}
