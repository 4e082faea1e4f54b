import type { CaseState } from '#domain/case-state';
import type { CaseId, UserId } from '#domain/ids';
import type { Question } from '#domain/question';
import { askedCards } from '#engine/asked-people';
import { decidableBy } from '#engine/decide-part';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';
import { caseMessage, questionWrite, touchCase } from '#engine/keys';
import { loadCase } from '#engine/load-case';
import { isSubject, maySee } from '#engine/may-see';

export interface AskRequest {
  readonly caseId: CaseId;
  readonly userId: UserId;
  readonly text: string;
}

export type Asked =
  | { readonly kind: 'asked'; readonly state: CaseState; readonly question: Question }
  | { readonly kind: 'text-wanted' }
  /** Sees the case, and no decision waits for them. */
  | { readonly kind: 'not-yours' }
  | { readonly kind: 'unknown' };

/** Longest question and answer: a card shows them whole. */
export const longestWords = 500;

/**
 * Somebody who has to decide asks whoever asked for the case. The deadline stays; so does what others have approved. The words
 * are the asker's own and stand sealed in the evidence.
 */
export async function askQuestion(engine: Engine, request: AskRequest): Promise<Asked> {
  const text = request.text.trim().slice(0, longestWords);
  for (;;) {
    const state = await loadCase(engine.store, engine.tenantId, request.caseId);
    if (!state || isSubject(state.record, request.userId)) return { kind: 'unknown' };
    const deciding = await decidableBy(engine, state, request.userId);
    const [first] = deciding;
    if (!first) return { kind: (await maySee(engine, state, request.userId)) ? 'not-yours' : 'unknown' };
    if (text === '') return { kind: 'text-wanted' };
    const { caseId } = request;
    const question: Question = {
      tenantId: engine.tenantId,
      caseId,
      questionId: String(state.questions.length + 1),
      askedBy: request.userId,
      askedAt: engine.clock.tenantNow(),
      text,
    };
    const result = await engine.store.commit({
      tenantId: engine.tenantId,
      state: [touchCase(state), questionWrite(question, true)],
      evidence: [
        await evidenceEntry(engine, {
          caseId,
          type: 'question.asked',
          actor: { kind: 'person', userId: request.userId },
          data: {
            question: question.questionId,
            parts: [...new Set(deciding.map(({ part }) => part.partHash))],
            right: first.right,
          },
          personal: { of: request.userId, fields: { text } },
        }),
      ],
      outbox: [
        ...(await askedCards(engine, state)),
        caseMessage(caseId, askedOf(state), `question:${question.questionId}`),
      ],
    });
    if (result.ok) return { kind: 'asked', state: { ...state, questions: [...state.questions, question] }, question };
  }
}

/** A case that no person asked for is HR's to explain. */
function askedOf({ record }: CaseState): string {
  return record.requestedBy.kind === 'person' ? `person/${record.requestedBy.userId}` : 'role/hr';
}
