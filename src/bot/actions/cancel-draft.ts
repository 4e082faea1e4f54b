import type { Action } from '#bot/bot-context';
import { notice } from '#bot/notice';

/** The form is put away; nothing had happened. */
export const cancelDraft: Action = {
  verb: 'cancel-draft',
  async run({ bot, sender, action }) {
    const { engine } = bot;
    const draftId = action.data['draftId'];
    const stored = draftId ? await engine.store.get(engine.tenantId, 'draft', draftId) : undefined;
    if (stored && draftId && stored.body.requestedBy === sender.userId && !stored.body.caseId) {
      await engine.store.commit({
        tenantId: engine.tenantId,
        state: [{ collection: 'draft', key: draftId, expect: stored.version, body: null }],
        evidence: [],
        outbox: [],
      });
      return notice('Nothing was started', ['The form is closed. Nothing was changed.']);
    }
    if (stored?.body.caseId)
      return notice(
        `Case ${stored.body.caseId} is already open`,
        [`Type case ${stored.body.caseId} to see how it stands.`],
        'accent',
      );
    return notice('Nothing was started', ['This form is no longer there. Nothing was changed.']);
  },
};
