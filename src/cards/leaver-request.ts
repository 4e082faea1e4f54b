import type { CardContext } from '#cards/card-context';
import { type ButtonData, buttonData } from '#cards/card-data';
import { type Band, type Heading, personHeading, possessive } from '#cards/card-heading';
import { type ChangeRow, changeRows, detailLines } from '#cards/change-rows';
import { wordChanges } from '#cards/change-words';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import { expandTemplate } from '#cards/expand-template';
import { plainText } from '#cards/plain-text';
import { siteName } from '#cards/site-time';
import type { Draft } from '#domain/draft';
import type { StepId } from '#domain/ids';
import type { PersonView } from '#domain/subject';
import type { Card } from '#engine/ports/chat';
import type { Planned } from '#engine/step';
import template from '../../cards/leaver-request.json' with { type: 'json' };

/** The choice of the input `delegate` for: nobody gets the mailbox. Teams cannot preselect an empty value. */
export const nobody = 'nobody';

export interface PlannedItem {
  readonly stepId: StepId;
  readonly item: Planned;
}

/** What stands in the inputs: `YYYY-MM-DD`, `HH:mm` in the site's zone, an Entra object id, `nobody` (or empty), or whatever was typed as a name, plain text. */
export interface LeaverRequestValues {
  readonly lastDay: string;
  readonly lastTime: string;
  readonly delegate: string;
  readonly autoReply: string;
}

interface Choice {
  readonly title: string;
  readonly value: string;
}

export interface LeaverRequestView {
  readonly heading: Heading;
  readonly errors: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly band: Band;
  /** One element where a day is asked for, none where access ends now. */
  readonly dated: readonly {
    readonly lastDay: string;
    readonly lastTime: string;
    readonly dayLabel: string;
    readonly timeLabel: string;
  }[];
  readonly delegate: string;
  readonly otherDelegate: string;
  readonly choices: readonly Choice[];
  readonly autoReply: string;
  readonly plan: readonly { readonly title: string; readonly rows: readonly ChangeRow[] }[];
  readonly blocked: readonly string[];
  readonly detailTitle: string;
  readonly details: readonly string[];
  readonly toggle: readonly { readonly title: string }[];
  readonly submitButton: ButtonData;
  readonly cancelButton: ButtonData;
  readonly fallbackText: string;
  readonly summary: string;
}

export interface LeaverRequestInput {
  readonly draft: Draft;
  readonly person: PersonView;
  readonly manager?: PersonView | undefined;
  /** What planning against the live tenant gave. */
  readonly planned: readonly PlannedItem[];
  readonly values: LeaverRequestValues;
  /** Sentences about an earlier submit; plain text. */
  readonly errors: readonly string[];
  readonly context: CardContext;
}

const mostBlocked = 5;

/** The request form. Nothing happens before it is submitted. */
export function leaverRequestView(input: LeaverRequestInput): LeaverRequestView {
  const { draft, person, planned, values, context } = input;
  const changes = planned.flatMap(({ stepId, item }) =>
    item.kind === 'change' ? [{ stepId, change: item.change }] : [],
  );
  const worded = wordChanges(changes, context);
  const rows = changeRows(worded, { tense: 'will' });
  const site = siteName(person, draft.zone, context.policy);
  const details = [...detailLines(worded, 'will'), ...alreadySo(planned)];
  const detailTitle = changes.length === 1 ? 'The change' : `All ${changes.length} changes`;
  const ids = { draftId: draft.draftId };
  return {
    heading: personHeading(person, 'is leaving', 'Your request', 'Accent'),
    errors:
      input.errors.length > 0
        ? [{ title: 'Please look at this again', lines: input.errors.map((e) => escapeMarkdown(e, 400)) }]
        : [],
    band: bandOf(input),
    dated: draft.immediate
      ? []
      : [
          {
            lastDay: values.lastDay,
            lastTime: values.lastTime,
            dayLabel: 'Last working day',
            timeLabel: `Last working time (${plainText(site)})`,
          },
        ],
    ...delegateInputs(input),
    choices: choicesOf(input),
    autoReply: plainLines(values.autoReply),
    plan: rows.length > 0 ? [{ title: 'What happens when access ends', rows }] : [],
    blocked: blockedLines(planned),
    detailTitle,
    details,
    toggle: details.length > 0 ? [{ title: detailTitle }] : [],
    submitButton: buttonData('submit-leaver', ids),
    cancelButton: buttonData('cancel-draft', ids),
    fallbackText: `${possessive(person)} leaving: this form needs a newer Teams. Type 'leaver ${plainText(person.userPrincipalName)} on <date> <time>' and try there.`,
    summary: `Please check the request for ${plainText(person.displayName, 60)}`,
  };
}

function bandOf({ draft, person, manager, context }: LeaverRequestInput): Band {
  const { leaver } = context.policy;
  const decides = manager
    ? markdown`${manager.displayName} decides on the hand-over`
    : 'There is no manager, so the fallback approver decides on the hand-over';
  const state =
    person.accountEnabled === false
      ? [markdown`Sign-in is already blocked for ${person.displayName}; the rest is still to be done.`]
      : [];
  if (!draft.immediate) {
    const confirms = draft.requesterIsHr
      ? 'Nothing happens before you submit.'
      : 'Nothing happens before you submit and HR confirms.';
    return {
      style: 'emphasis',
      lines: [...state, `${confirms} ${decides}; access ends at the time below whatever they decide.`],
    };
  }
  if (!draft.requesterIsHr)
    return {
      style: 'attention',
      lines: ['**Access ends now:** as soon as HR confirms your request.', ...state, `${decides}.`],
    };
  const now = leaver.nowNeedsSecondHr
    ? '**Access ends now:** as soon as a second person in HR approves what you submit.'
    : '**Access ends now:** as soon as you submit.';
  return { style: 'attention', lines: [now, ...state, `${decides}.`] };
}

function choicesOf({ manager }: LeaverRequestInput): readonly Choice[] {
  const known = manager ? [{ title: `${plainText(manager.displayName)} (manager)`, value: manager.userId }] : [];
  return [...known, { title: 'Nobody', value: nobody }];
}

/** What is no choice was written by hand, and stands again where it was written. */
function delegateInputs({
  manager,
  values,
}: LeaverRequestInput): Pick<LeaverRequestView, 'delegate' | 'otherDelegate'> {
  const { delegate } = values;
  if (delegate === '' || delegate === nobody) return { delegate: nobody, otherDelegate: '' };
  if (delegate === manager?.userId) return { delegate, otherDelegate: '' };
  return { delegate: manager?.userId ?? nobody, otherDelegate: plainText(delegate, 120) };
}

function blockedLines(planned: readonly PlannedItem[]): readonly string[] {
  const blocked = planned.flatMap(({ item }) =>
    item.kind === 'blocked' ? [markdown`**Needs IT:** ${item.title}. ${item.advice}`] : [],
  );
  const more = blocked.length - mostBlocked;
  return [...blocked.slice(0, mostBlocked), ...(more > 0 ? [`and ${more} more that need IT`] : [])];
}

function alreadySo(planned: readonly PlannedItem[]): readonly string[] {
  const seen = new Set(planned.flatMap(({ item }) => (item.kind === 'not-needed' ? [item.observation.text] : [])));
  const shown = [...seen].slice(0, 8).map((text) => escapeMarkdown(text, 200));
  return shown.length > 0 ? [`**Already so:** ${shown.join(' · ')}`] : [];
}

/** An auto-reply keeps its lines; only what could disturb the card is taken out. */
function plainLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => plainText(line, 1000))
    .join('\n')
    .slice(0, 2000);
}

export function leaverRequestSummary(view: LeaverRequestView): string {
  return view.summary;
}

/**
 * Inputs: `lastDay`, `lastTime` (both only where access does not end now), `delegate` (a choice, filled in), `otherDelegate` (a
 * name or sign-in name, looked up by the server; counts before `delegate` where it is filled), `autoReply`.
 * Buttons: `Submit` (verb submit-leaver), `Cancel` (verb cancel-draft).
 */
export function leaverRequestCard(view: LeaverRequestView): Card {
  return expandTemplate('leaver-request', template, view);
}
