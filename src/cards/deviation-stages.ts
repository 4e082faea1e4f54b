import type { CardContext } from '#cards/card-context';
import type { TextColour } from '#cards/card-heading';
import { decisionLine, nameIn } from '#cards/decision-words';
import { awaitedWords, signersWords, wishWords } from '#cards/deviation-words';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import type { SiteTime } from '#cards/site-time';
import type { CaseState } from '#domain/case-state';
import { type DeviationPart, deviationStatus, deviationsOf } from '#domain/deviation-part';

interface Stage {
  readonly word: string;
  readonly colour: TextColour;
  readonly title: string;
  readonly text: string;
}

const mostStages = 4;

/** A line per wish to go otherwise than planned, the latest ones; a waiver stands with its exception until it is in force. Markdown. */
export function deviationStages(state: CaseState, context: CardContext, time: SiteTime): readonly Stage[] {
  return deviationsOf(state)
    .slice(-mostStages)
    .map((part) => ({ title: escapeMarkdown(wishWords(part), 200), ...stageOf(state, part, context, time) }));
}

function stageOf(state: CaseState, part: DeviationPart, context: CardContext, time: SiteTime): Omit<Stage, 'title'> {
  const { until, askedBy, askedAt, endedAt } = part.deviation;
  const asker = nameIn(state.record, askedBy, context);
  switch (deviationStatus(part, state.decisions)) {
    case 'waiting':
      return {
        word: 'Asked',
        colour: 'Accent',
        text: markdown`${asker} asks for it until ${time.due(until)}; waits for ${awaitedWords(state, part)}`,
      };
    case 'signed':
    case 'in-force':
      return {
        word: 'Granted',
        colour: 'Accent',
        text: markdown`until ${time.due(until)}, signed by ${signersWords(state, part, context)}`,
      };
    case 'ended':
      return { word: 'Over', colour: 'Default', text: markdown`it ended ${time.short(endedAt ?? until)}` };
    case 'moot':
      return { word: 'Not needed', colour: 'Default', text: markdown`asked for by ${asker}, ${time.short(askedAt)}` };
    case 'rejected': {
      const decision = state.decisions.find((d) => d.partHash === part.partHash && d.outcome === 'rejected');
      const text =
        decision && decision.decidedBy !== 'clock' ? decisionLine(state.record, decision, context, time) : '';
      return { word: 'Not granted', colour: 'Default', text: text || 'Nobody signed it in time.' };
    }
  }
}
