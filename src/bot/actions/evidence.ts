import type { Action } from '#bot/bot-context';
import { notice, unknownCase } from '#bot/notice';
import { checkChain } from '#domain/evidence';
import { parseCaseId } from '#domain/ids';
import { evidenceEntry } from '#engine/evidence-entry';
import { loadCase } from '#engine/load-case';
import { seesAs } from '#engine/may-see';

/** Reads the case's chain from the first row to the last and says whether it is whole; looking at it is itself a row. */
export const evidence: Action = {
  verb: 'evidence',
  async run({ bot, sender, action }) {
    const { engine } = bot;
    const caseId = parseCaseId(action.data['caseId'] ?? '');
    const state = caseId ? await loadCase(engine.store, engine.tenantId, caseId) : undefined;
    if (!state || !caseId || !seesAs(state.record, engine, sender.userId, sender.roles))
      return unknownCase(action.data['caseId'] ?? 'without an id');
    const rows = await engine.store.chain(engine.tenantId, caseId);
    const check = checkChain(rows);
    if (!check.ok) {
      const line = `Row ${check.seq} does not fit: ${check.reason}. Tell IT and the auditor; latchkey verify shows the same from outside.`;
      return notice(`The evidence of case ${caseId} is not whole`, [line], 'attention');
    }
    await engine.store.commit({
      tenantId: engine.tenantId,
      state: [],
      evidence: [
        await evidenceEntry(engine, {
          caseId,
          type: 'evidence.shown',
          actor: { kind: 'person', userId: sender.userId },
          data: { rows: check.count, head: check.head },
        }),
      ],
      outbox: [],
    });
    const lines = [
      `${check.count} rows, each chained to the one before; all hashes fit.`,
      `Head ${check.head}`,
      'latchkey verify checks it outside the bot, with the signed checkpoints.',
    ];
    return notice(`The evidence of case ${caseId} is whole`, lines, 'good');
  },
};
