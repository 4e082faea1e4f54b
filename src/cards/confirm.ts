import { type ButtonData, buttonData } from '#cards/card-data';
import type { BandStyle } from '#cards/card-heading';
import { escapeMarkdown } from '#cards/escape-markdown';
import { expandTemplate } from '#cards/expand-template';
import { plainText } from '#cards/plain-text';
import type { CaseId } from '#domain/ids';
import type { Card } from '#engine/ports/chat';
import template from '../../cards/confirm.json' with { type: 'json' };

/** What a command would do, shown back before it does it. All of it plain text; times with their site: `… at 17:00 (London)`. */
export interface Confirmation {
  readonly actId: string;
  /** None: it is about no single case. */
  readonly caseId?: CaseId;
  /** `Reschedule Alex Morgan's last day?` */
  readonly title: string;
  /** Who, what, when. */
  readonly facts: readonly { readonly title: string; readonly value: string }[];
  /** What follows from it. */
  readonly consequences: readonly string[];
  /** Something happens at once, or cannot be taken back. */
  readonly grave?: boolean;
}

export interface ConfirmView {
  readonly title: string;
  /** Empty where there is no case. */
  readonly caseLine: string;
  readonly facts: readonly { readonly title: string; readonly value: string }[];
  readonly style: BandStyle;
  readonly lines: readonly string[];
  readonly confirm: ButtonData;
  readonly neverMind: ButtonData;
  readonly fallbackText: string;
  readonly summary: string;
}

export function confirmView(asked: Confirmation): ConfirmView {
  const { actId, caseId, consequences, facts } = asked;
  const about = caseId ? `Case ${caseId}: ` : '';
  const title = plainText(asked.title, 160);
  const told = facts.map((fact) => `${plainText(fact.title)}: ${plainText(fact.value, 300)}.`);
  return {
    title: escapeMarkdown(asked.title, 160),
    caseLine: caseId ? `Case ${caseId}` : '',
    facts: facts.map((fact) => ({ title: escapeMarkdown(fact.title), value: escapeMarkdown(fact.value, 600) })),
    style: asked.grave ? 'attention' : 'emphasis',
    lines: consequences.map((line) => escapeMarkdown(line, 600)),
    confirm: buttonData('confirm', { actId }),
    neverMind: buttonData('never-mind', { actId }),
    fallbackText: `${about}${title} ${told.join(' ')} Nothing has happened yet. Type 'confirm' to go ahead.`,
    summary: caseId ? `Case ${caseId}: please confirm` : 'Please confirm',
  };
}

export function confirmSummary(view: ConfirmView): string {
  return view.summary;
}

/** Buttons: `Confirm` (verb confirm), `Never mind` (verb never-mind). */
export function confirmCard(view: ConfirmView): Card {
  return expandTemplate('confirm', template, view);
}
