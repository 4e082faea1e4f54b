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
  {
    command: 'ask L-104 \\<question\\>',
    text: 'Asks whoever wants it, before you decide; the time to decide stays.',
    for: decides,
  },
  {
    command: 'change L-104 delegate \\<person\\>',
    text: 'Changes who gets the mailbox, before the hand-over begins; reply and a text changes the auto-reply.',
    for: asks,
  },
  {
    command: 'answer L-104 1 \\<text\\>',
    text: 'Answers the first question on a case.',
    for: asks,
  },
  {
    command: 'change L-104 manager \\<person\\>',
    text: 'Somebody else decides on the hand-over.',
    for: (r) => has(r, 'hr'),
  },
  {
    command: 'reschedule L-104 23 Nov 17:00',
    text: 'Moves the last day, before it has begun; what was approved is asked again.',
    for: (r) => has(r, 'hr'),
  },
  {
    command: 'cancel L-104 \\<reason\\>',
    text: 'Calls it off, before it has begun.',
    for: (r) => has(r, 'hr'),
  },
  { command: 'confirm', text: 'Goes ahead with what you were asked last.', for: (r) => asks(r) || decides(r) },
  { command: 'cases', text: 'The cases that you may see.', for: sees },
  { command: 'case L-104', text: 'Where one case stands.', for: sees },
  { command: 'retry L-104', text: 'Tries again what could not be proved.', for: repairs },
  {
    command: 'done L-104 \\<what you did\\>',
    text: 'Says that you did it by hand; it is read back where that is possible.',
    for: repairs,
  },
  {
    command: 'waive L-104 until \\<date\\> \\<reason\\>',
    text: 'Asks that it is accepted as it is for a while; others sign it.',
    for: repairs,
  },
  {
    command: 'reassign L-104 to \\<person or group\\>',
    text: 'Gives an exception to somebody else.',
    for: repairs,
  },
  {
    command: 'exceptions \\[mine, open or overdue\\]',
    text: 'What needs a person, in the cases that you may see.',
    for: sees,
  },
  {
    command: 'keep L-104 sign-in until \\<date\\> \\<reason\\>',
    text: 'Asks that sign-in, forwarding, groups, mailbox or licences stay for a while; others sign it.',
    for: (r) => asks(r) || repairs(r),
  },
  {
    command: 'hold L-104 until \\<date\\> \\<reason\\>',
    text: 'Asks that nothing more of a case begins for a while; others sign it.',
    for: (r) => asks(r) || repairs(r),
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
