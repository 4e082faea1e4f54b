import { namesIn } from '#bot/case-names';
import type { CaseState } from '#domain/case-state';
import type { Part } from '#domain/part';
import { decisionsFor } from '#domain/part-status';
import type { Engine } from '#engine/engine';
import { basePartId } from '#engine/plan-parts';

/** Whose approvals a change of the whole case, or of one of its parts, makes void: they are asked again. Plain text. */
export async function voidedBy(engine: Engine, state: CaseState, base?: string): Promise<readonly string[]> {
  const nameOf = await namesIn(engine, state);
  const about = (part: Part) => part.purpose === 'do' && (base === undefined || basePartId(part.partId) === base);
  const lines = state.parts.filter(about).flatMap((part) =>
    part.requirements
      .filter(({ requirementId }) => requirementId !== 'hr-confirms')
      .flatMap((requirement) => decisionsFor(part, requirement, state.decisions))
      .filter(({ decidedBy }) => decidedBy !== 'clock')
      .map(({ decidedBy, outcome }) => {
        const verb = outcome === 'approved' ? 'approved' : 'rejected';
        return `${nameOf(decidedBy) ?? 'A colleague'} has ${verb} “${part.title}” as it was and is asked again.`;
      }),
  );
  return [...new Set(lines)];
}
