import type { Action, ActionCall } from '#bot/bot-context';
import { findDelegate } from '#bot/find-delegate';
import { notice } from '#bot/notice';
import { observedPlan } from '#bot/observed-plan';
import { requestForm } from '#bot/request-form';
import { viewCase } from '#bot/view-case';
import type { Draft, DraftValues } from '#domain/draft';
import type { Instant } from '#domain/instant';
import type { PersonView } from '#domain/subject';
import { rolesOf } from '#engine/directory';
import { lastDayFault } from '#engine/last-day';
import { type LeaverRequest, openCase } from '#engine/open-case';
import { leaverIntents } from '#workflows/leaver-intents';

const longestReply = 2_000;

/** The form came back: everything in it is checked here, whatever the client let through. Opens the case, or answers the form with what to put right. */
export const submitLeaver: Action = {
  verb: 'submit-leaver',
  async run(call) {
    const { bot, sender, action } = call;
    const { engine } = bot;
    const stored = action.data['draftId']
      ? await engine.store.get(engine.tenantId, 'draft', action.data['draftId'])
      : undefined;
    const draft = stored?.body;
    if (!draft || draft.requestedBy !== sender.userId)
      return notice(
        'This form is not yours or is no longer there',
        ['Type leaver and the name to start again.'],
        'attention',
      );
    if (draft.caseId) return viewCase(bot, sender, draft.caseId);
    if (draft.requesterIsHr && !sender.roles.includes('hr'))
      return notice(
        'Only HR or the person’s manager can start a leaver',
        [`Please ask ${engine.policy.people.hr.name}.`],
        'attention',
      );

    const values = readValues(draft, call);
    const checked = await check(call, draft, values);
    if ('errors' in checked) return requestForm(engine, draft, values, checked.errors);
    if (engine.observe) return observedPlan(engine, draft, checked.effectiveAt);
    const opened = await openCase(engine, {
      draft,
      effectiveAt: checked.effectiveAt,
      ...(checked.delegate ? { delegate: checked.delegate } : {}),
      autoReply: values.autoReply,
      intents: leaverIntents({
        ...(checked.delegate ? { delegate: checked.delegate } : {}),
        autoReply: values.autoReply,
      }),
      subjectRoles: await rolesOf(engine.graph, engine.policy, draft.person.userId),
      ...formMessage(call),
    });
    return viewCase(bot, sender, opened.caseId);
  },
};

/** Only in the person's own chat: what stands elsewhere is read by others, and a case is shown to nobody but its own people. */
function formMessage({ action }: ActionCall): Pick<LeaverRequest, 'shownIn'> {
  const { place, messageId } = action;
  if (place.kind !== 'personal' || !messageId) return {};
  return {
    shownIn: { serviceUrl: place.serviceUrl, conversationId: place.conversationId, activityId: messageId },
  };
}

function readValues(draft: Draft, { action }: ActionCall): DraftValues {
  const { inputs } = action;
  return {
    lastDay: inputs['lastDay']?.trim() ?? '',
    lastTime: inputs['lastTime']?.trim() ?? '',
    // A name that was written counts before the choice above it. A client that leaves the choice out means "as it was".
    delegate: inputs['otherDelegate']?.trim() || (inputs['delegate'] ?? draft.values.delegate).trim(),
    autoReply: inputs['autoReply'] === undefined ? draft.values.autoReply : inputs['autoReply'].trim(),
  };
}

type Checked =
  | { readonly effectiveAt: Instant; readonly delegate?: PersonView }
  | { readonly errors: readonly string[] };

async function check({ bot }: ActionCall, draft: Draft, values: DraftValues): Promise<Checked> {
  const { engine } = bot;
  const when = effectiveAt(bot.engine, draft, values);
  const delegate = await findDelegate(engine, draft.person, values.delegate);
  const errors = [
    ...(typeof when === 'string' ? [] : when.errors),
    ...('error' in delegate ? [delegate.error] : []),
    ...(values.autoReply.length > longestReply
      ? [`The auto-reply is ${values.autoReply.length} characters long; ${longestReply} is the most.`]
      : []),
  ];
  if (errors.length > 0 || typeof when !== 'string' || 'error' in delegate) return { errors };
  return { effectiveAt: when, ...(delegate.person ? { delegate: delegate.person } : {}) };
}

function effectiveAt(
  engine: ActionCall['bot']['engine'],
  draft: Draft,
  values: DraftValues,
): Instant | { readonly errors: readonly string[] } {
  const now = engine.clock.tenantNow();
  if (draft.immediate) return now;
  const at = engine.calendar.toInstant({ date: values.lastDay, time: values.lastTime }, draft.zone);
  if (!at)
    return {
      errors: ['The last working day or time cannot be read. Pick a day like 2026-11-20 and a time like 17:00.'],
    };
  const fault = lastDayFault(engine.policy, now, at);
  return fault ? { errors: [fault] } : at;
}
