import type { CaseRecord } from '#domain/case';
import type { CaseState } from '#domain/case-state';
import type { CaseId, TenantId } from '#domain/ids';
import type { Part } from '#domain/part';
import type { Store } from '#engine/ports/store';

/** Reads everything of one case, its plan's present revision only. `undefined`: there is no such case. */
export async function loadCase(store: Store, tenantId: TenantId, caseId: CaseId): Promise<CaseState | undefined> {
  const record = await store.get(tenantId, 'case', caseId);
  if (!record) return undefined;
  const revision = { caseId, keyPrefix: `${caseId}/${record.body.revision}/` };
  const [parts, changes, decisions, exceptions, questions] = await Promise.all([
    store.list(tenantId, 'part', revision),
    store.list(tenantId, 'change', revision),
    store.list(tenantId, 'decision', { caseId }),
    store.list(tenantId, 'exception', { caseId }),
    store.list(tenantId, 'question', { caseId }),
  ]);
  const byNumber = (a: { exceptionId: string }, b: { exceptionId: string }) =>
    Number(a.exceptionId) - Number(b.exceptionId);
  return {
    record: record.body,
    version: record.version,
    parts: parts.map((doc) => sinceAsked(doc.body, record.body)),
    changes: changes.map((doc) => doc.body),
    decisions: decisions.map((doc) => doc.body).sort((a, b) => a.decidedAt.localeCompare(b.decidedAt)),
    exceptions: exceptions.map((doc) => doc.body).sort(byNumber),
    questions: questions.map((doc) => doc.body).sort((a, b) => a.askedAt.localeCompare(b.askedAt)),
  };
}

/** Requirements written by a version that did not keep since when they are asked: since the case was opened. */
function sinceAsked(part: Part, { openedAt }: CaseRecord): Part {
  return { ...part, requirements: part.requirements.map((r) => Object.assign({ askedAt: openedAt }, r)) };
}
