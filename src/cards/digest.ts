import type { CardContext } from '#cards/card-context';
import { type ButtonData, buttonData } from '#cards/card-data';
import type { Band } from '#cards/card-heading';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import { expandTemplate } from '#cards/expand-template';
import { plural } from '#cards/plural';
import { siteTime } from '#cards/site-time';
import { changesOf } from '#domain/case-state';
import type { CaseKind } from '#domain/ids';
import type { WaitingDecision } from '#engine/decisions-waiting';
import type { Card } from '#engine/ports/chat';
import template from '../../cards/digest.json' with { type: 'json' };

export interface DigestList {
  readonly digestId: string;
  /** What the card lists, the most urgent first. */
  readonly listed: readonly WaitingDecision[];
  /** How many more wait. */
  readonly more: number;
  /** What a click came to, a sentence each; plain text. */
  readonly said?: readonly string[];
  /** A newer message carries the list on. */
  readonly superseded?: boolean;
}

interface DigestRow {
  readonly caseId: string;
  readonly name: string;
  readonly lines: readonly string[];
  readonly due: string;
  /** Why it cannot be chosen here; Markdown. */
  readonly unread: readonly string[];
  readonly choose: readonly { readonly id: string; readonly title: string }[];
  readonly open: ButtonData;
}

export interface DigestView {
  readonly title: string;
  readonly state: string;
  readonly stateColour: 'Accent' | 'Default';
  readonly band: Band;
  readonly rows: readonly DigestRow[];
  readonly all: readonly string[];
  readonly note: readonly string[];
  readonly deciding: readonly { readonly approve: ButtonData; readonly reject: ButtonData }[];
  readonly fallbackText: string;
  readonly summary: string;
}

/** `contextOf`: the words and the clock of each case. */
export function digestView(list: DigestList, contextOf: (waiting: WaitingDecision) => CardContext): DigestView {
  const { digestId, more, said = [] } = list;
  const listed = list.superseded ? [] : list.listed;
  const rows = listed.map((waiting) => rowOf(waiting, contextOf(waiting)));
  const choosable = rows.filter(({ choose }) => choose.length > 0);
  const count = plural(listed.length + more, 'decision');
  const waits = listed.length > 0;
  return {
    title: waits ? `${count} ${listed.length + more === 1 ? 'waits' : 'wait'} for you` : 'Your decisions',
    state: waits ? 'Your decision' : 'Nothing to do',
    stateColour: waits ? 'Accent' : 'Default',
    band: {
      style: waits ? 'accent' : 'emphasis',
      lines: [...said.map((line) => markdown`**${line}**`), ...bandLines(list, choosable.length)],
    },
    rows,
    all: choosable.length > 1 ? [`Choose all ${choosable.length} that can be decided here`] : [],
    note: waits && more > 0 ? [`${more} more wait; they follow when these are decided.`] : [],
    deciding:
      choosable.length > 0
        ? [{ approve: buttonData('approve-digest', { digestId }), reject: buttonData('reject-digest', { digestId }) }]
        : [],
    fallbackText: waits
      ? `${count}: ${listed.map(({ state }) => state.record.caseId).join(', ')}. Type 'case' and the id to see one, then 'approve' and the id, or 'reject', the id and why.`
      : "Nothing waits for you here. Type 'approvals' to see what waits for your decision.",
    summary: waits ? `${count} ${listed.length + more === 1 ? 'waits' : 'wait'} for you` : 'Your decisions',
  };
}

function bandLines({ listed, superseded }: DigestList, choosable: number): readonly string[] {
  if (superseded) return ["A newer message carries this list on. Type 'approvals' to see it here."];
  if (listed.length === 0) return ['Nothing waits for your decision.'];
  if (choosable === 0) return ['Open each of them to decide.'];
  return ['Choose what you decide alike. Each is decided for what stands here, and nothing else.'];
}

const mostLines = 3;

const verbs: Readonly<Record<CaseKind, string>> = {
  joiner: 'is joining',
  mover: 'is moving',
  leaver: 'is leaving',
  absence: 'is away',
};

function rowOf(waiting: WaitingDecision, context: CardContext): DigestRow {
  const { state, parts, dueAt, wantsReading, opened } = waiting;
  const { record } = state;
  const time = siteTime(record.person, record.zone, context);
  const changes = parts.flatMap((part) => changesOf(state, part)).filter(({ status }) => status === 'planned');
  const words = changes.map(({ stepId, change }) => context.describe(stepId, change).will);
  const lines = words.slice(0, mostLines).map((line) => escapeMarkdown(line, 160));
  const left = words.length - lines.length;
  const mayChoose = !wantsReading || opened;
  return {
    caseId: record.caseId,
    name: markdown`${record.person.displayName} ${verbs[record.kind]}`,
    lines: left > 0 ? [...lines, `and ${plural(left, 'other change')}`] : lines,
    due: markdown`decide by ${time.due(dueAt)} (${time.site})`,
    unread: mayChoose ? [] : ['Elevated: open it to decide.'],
    choose: mayChoose ? [{ id: chooseId(record.caseId), title: `Choose ${record.caseId}` }] : [],
    open: buttonData('show-case', { caseId: record.caseId }),
  };
}

const choosePrefix = 'choose-';

/** Input that chooses everything that can be chosen. */
export const chooseAll = 'chooseAll';

function chooseId(caseId: string): string {
  return `${choosePrefix}${caseId}`;
}

/** The case that an input chooses; `undefined`: it is another input. */
export function chosenBy(inputId: string): string | undefined {
  return inputId.startsWith(choosePrefix) ? inputId.slice(choosePrefix.length) : undefined;
}

/** Names nobody: the list may be shown as a notification while somebody looks on. */
export function digestSummary(view: DigestView): string {
  return view.summary;
}

/** Buttons: `Approve chosen` (verb approve-digest), `Reject chosen` (verb reject-digest, with a reason), `Open` (verb show-case). */
export function digestCard(view: DigestView): Card {
  return expandTemplate('digest', template, view);
}
