import type { CardContext } from '#cards/card-context';
import { type ButtonData, buttonData } from '#cards/card-data';
import { nameIn } from '#cards/decision-words';
import { markdown } from '#cards/escape-markdown';
import { type SiteTime, siteTime } from '#cards/site-time';
import type { CaseState } from '#domain/case-state';
import type { Question } from '#domain/question';

/** A question as everybody who takes part reads it. Markdown. */
export interface QuestionRow {
  readonly asked: string;
  readonly answer: string;
  /** Open, and the reader's to answer: the input's id and the button. */
  readonly answering: readonly { readonly inputId: string; readonly answer: ButtonData }[];
}

export interface QuestionBlock {
  readonly title: string;
  readonly rows: readonly QuestionRow[];
  readonly more: readonly string[];
}

/** A card shows the latest ones; all of them stand in the evidence. */
const mostQuestions = 4;

/** None: nothing was asked. */
export function questionBlocks(state: CaseState, context: CardContext): readonly QuestionBlock[] {
  const { questions, record } = state;
  if (questions.length === 0) return [];
  const time = siteTime(record.person, record.zone, context);
  const shown = questions.slice(-mostQuestions);
  const left = questions.length - shown.length;
  return [
    {
      title: questions.length === 1 ? 'Question' : 'Questions',
      rows: shown.map((question) => rowOf(state, question, context, time)),
      more: left > 0 ? [`and ${left} before; they stand in the evidence.`] : [],
    },
  ];
}

function rowOf(state: CaseState, question: Question, context: CardContext, time: SiteTime): QuestionRow {
  const { record } = state;
  const { questionId, answer, askedAt, askedBy, text } = question;
  const open = !answer && !record.cancelled;
  return {
    asked: markdown`**${questionId} · ${who(state, askedBy, context)}**, ${time.short(askedAt)}: ${text}`,
    answer: answer
      ? markdown`**${who(state, answer.by, context)}**, ${time.short(answer.at)}: ${answer.text}`
      : 'Not answered yet. The time to decide stays as it is.',
    answering:
      open && answers(state, context)
        ? [{ inputId: `answer-${questionId}`, answer: buttonData('answer', { caseId: record.caseId, questionId }) }]
        : [],
  };
}

function who(state: CaseState, userId: string, context: CardContext): string {
  return userId === context.viewer?.userId ? 'You' : nameIn(state.record, userId, context);
}

/** Whoever asked for the case, or HR; looked at again at the click. */
function answers({ record }: CaseState, { viewer }: CardContext): boolean {
  return viewer?.sees === 'requester' || (viewer?.sees === 'hr' && record.person.userId !== viewer.userId);
}
