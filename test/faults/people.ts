import { draftLeaver } from '#bot/draft-leaver';
import type { CaseId } from '#domain/ids';
import { type Decided, decidePart } from '#engine/decide-part';
import { readPerson } from '#engine/directory';
import type { Engine } from '#engine/engine';
import { loadCase } from '#engine/load-case';
import { openCase } from '#engine/open-case';
import { leaverIntents } from '#workflows/leaver-intents';
import type { WorkerSettings } from './worker-settings.js';

/** HR asks for the leaver, and asks again after a crash only when the first time left nothing. */
export async function askForLeaver(engine: Engine, { hr, leaver }: WorkerSettings): Promise<CaseId> {
  const [known] = await engine.store.list(engine.tenantId, 'case');
  if (known) return known.body.caseId;
  const person = await readPerson(engine.graph, leaver);
  if (!person) throw new Error(`the tenant has no ${leaver}`);
  const drafted = await draftLeaver(engine, { userId: hr, roles: ['hr'] }, person, '');
  if (drafted.kind !== 'draft') throw new Error(`the request was answered with ${drafted.kind}`);
  const { draft } = drafted;
  const { manager } = draft;
  const { autoReply } = draft.values;
  const opened = await openCase(engine, {
    draft,
    effectiveAt: engine.clock.tenantNow(),
    ...(manager ? { delegate: manager } : {}),
    autoReply,
    intents: leaverIntents({ ...(manager ? { delegate: manager } : {}), autoReply }),
    subjectRoles: [],
  });
  return opened.caseId;
}

/** The manager approves with a double click, and clicks again after every restart: nobody tells them whether the first one counted. */
export async function approveAsManager(engine: Engine, caseId: CaseId, manager: string): Promise<void> {
  for (;;) {
    const shown = await hashShownTo(engine, caseId, manager);
    if (shown === undefined) {
      await engine.clock.wait(10);
      continue;
    }
    const click = () => decidePart(engine, { caseId, userId: manager, outcome: 'approved', shownHash: shown });
    const answers = await Promise.all([click(), click()]);
    if (answers.every(isSettled)) return;
  }
}

const isSettled = ({ kind }: Decided) => kind === 'decided' || kind === 'already';

async function hashShownTo(engine: Engine, caseId: CaseId, manager: string): Promise<string | undefined> {
  const state = await loadCase(engine.store, engine.tenantId, caseId);
  const asked = state?.parts.filter((part) =>
    part.requirements.some((r) => r.of.some((d) => d.kind === 'person' && d.userId === manager)),
  );
  return asked && asked.length > 0 ? [...new Set(asked.map((p) => p.partHash))].sort().join(',') : undefined;
}
