import type { CaseState } from '#domain/case-state';
import type { CaseId, UserId } from '#domain/ids';
import type { Question } from '#domain/question';
import { longestWords } from '#engine/ask-question';
import { askedCards } from '#engine/asked-people';
import { rolesOf } from '#engine/directory';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';
import { caseMessage, questionWrite, touchCase } from '#engine/keys';
import { loadCase } from '#engine/load-case';
import { seesAs } from '#engine/may-see';

export interface AnswerRequest {
  readonly caseId: CaseId;
  readonly userId: UserId;
  /** None: the case's only open question. */
  readonly questionId?: string;
  readonly text: string;
  /** All that was typed behind the case id: where no question has that number, it was the answer's first word. */
  readonly typed?: string;
}

export type Answered =
  | { readonly kind: 'answered'; readonly state: CaseState }
  /** Nothing is open, or this one was answered. */
  | { readonly kind: 'already'; readonly state: CaseState }
  /** Several are open and none was named. */
  | { readonly kind: 'which'; readonly open: readonly Question[] }
  | { readonly kind: 'text-wanted'; readonly question: Question }
  | { readonly kind: 'not-yours' }
  | { readonly kind: 'unknown' };

/** Whoever asked for the case, or HR, answers a question of somebody who has to decide. Once: the first answer stands. */
export async function answerQuestion(engine: Engine, request: AnswerRequest): Promise<Answered> {
  for (;;) {
    const state = await loadCase(engine.store, engine.tenantId, request.caseId);
    if (!state) return { kind: 'unknown' };
    const roles = await rolesOf(engine.graph, engine.policy, request.userId);
    const sees = seesAs(state.record, engine, request.userId, roles);
    if (!sees) return { kind: 'unknown' };
    if (sees !== 'requester' && !roles.includes('hr')) return { kind: 'not-yours' };
    const { text, questionId } = meant(state, request);
    const picked = pickQuestion(state, questionId);
    if ('kind' in picked) return picked;
    if (text === '') return { kind: 'text-wanted', question: picked };
    const at = engine.clock.tenantNow();
    const question: Question = { ...picked, answer: { by: request.userId, at, text } };
    if (await commitAnswer(engine, state, question, sees)) {
      const questions = state.questions.map((q) => (q.questionId === question.questionId ? question : q));
      return { kind: 'answered', state: { ...state, questions } };
    }
  }
}

/** A number in front that no question has is the answer's own: "30 days". */
function meant(state: CaseState, request: AnswerRequest): Pick<AnswerRequest, 'text' | 'questionId'> {
  const { questionId, text, typed = text } = request;
  const isNumber = state.questions.some((question) => question.questionId === questionId);
  const words = (isNumber ? text : typed).trim().slice(0, longestWords);
  return isNumber && questionId ? { text: words, questionId } : { text: words };
}

function pickQuestion(state: CaseState, questionId: string | undefined): Question | Answered {
  const open = state.record.cancelled ? [] : state.questions.filter(({ answer }) => !answer);
  const wanted = questionId ? open.filter((q) => q.questionId === questionId) : open;
  const [question] = wanted;
  if (!question) return { kind: 'already', state };
  return wanted.length > 1 ? { kind: 'which', open } : question;
}

async function commitAnswer(engine: Engine, state: CaseState, question: Question, as: string): Promise<boolean> {
  const { caseId, questionId, answer, askedBy } = question;
  if (!answer) return false;
  const result = await engine.store.commit({
    tenantId: engine.tenantId,
    state: [touchCase(state), questionWrite(question, false)],
    evidence: [
      await evidenceEntry(engine, {
        caseId,
        type: 'question.answered',
        actor: { kind: 'person', userId: answer.by },
        data: { question: questionId, as },
        personal: { of: answer.by, fields: { text: answer.text } },
      }),
    ],
    outbox: [
      ...(await askedCards(engine, state)),
      // Whoever asked waits for it; to others it is an edit of their card.
      ...(askedBy === answer.by ? [] : [caseMessage(caseId, `person/${askedBy}`, `answer:${questionId}`)]),
    ],
  });
  return result.ok;
}
