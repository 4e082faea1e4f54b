import type { Sender } from '#bot/bot-context';
import { fillAutoReply } from '#bot/fill-auto-reply';
import { parseWhen } from '#bot/parse-when';
import type { Draft } from '#domain/draft';
import type { PersonView } from '#domain/subject';
import { isProtected, readManager, readPerson } from '#engine/directory';
import type { Engine } from '#engine/engine';
import { nextLastMinute } from '#engine/next-last-minute';
import { planSteps, stepContext } from '#engine/plan-steps';
import { siteOf } from '#engine/site-of';
import { stepsOfCase } from '#engine/workflow';
import { leaverIntents } from '#workflows/leaver-intents';

export type Drafted =
  | { readonly kind: 'draft'; readonly draft: Draft }
  | { readonly kind: 'refused'; readonly title: string; readonly lines: readonly string[] }
  | { readonly kind: 'exists'; readonly caseId: string };

/**
 * Everything the request form needs about one person: who they are, what would change in the live tenant, sensible values. Refuses
 * whom no case may be opened for. Nothing is decided yet: only the form's Submit opens a case.
 */
export async function draftLeaver(engine: Engine, sender: Sender, person: PersonView, when: string): Promise<Drafted> {
  const manager = await readManager(engine.graph, person.userId);
  const refusal = (await mayNotAsk(engine, sender, person, manager)) ?? (await mayNotLeave(engine, sender, person));
  if (refusal) return refusal;
  const open = await engine.store.get(engine.tenantId, 'openCase', `leaver/${person.userId}`);
  if (open) return { kind: 'exists', caseId: open.body.caseId };

  const site = siteOf(engine.policy, person);
  const now = engine.clock.tenantNow();
  const parsed = parseWhen(when, site.zone, now);
  if (parsed.kind === 'unreadable') return unreadableDate(parsed.typed);
  const local = parsed.kind === 'at' ? parsed.local : {};
  const delegate = usableDelegate(manager, person);
  const autoReply = fillAutoReply(engine, person, delegate);
  const draft: Draft = {
    tenantId: engine.tenantId,
    draftId: engine.random.uuid(),
    kind: 'leaver',
    person,
    ...(manager ? { manager } : {}),
    requestedBy: sender.userId,
    requesterIsHr: sender.roles.includes('hr'),
    requesterName: (await readPerson(engine.graph, sender.userId))?.displayName ?? 'A colleague',
    immediate: parsed.kind === 'now',
    zone: site.zone,
    planned: await previewPlan(engine, person, delegate, autoReply),
    values: {
      lastDay: local.date ?? nextLastMinute(engine.calendar, site, now).date,
      lastTime: local.time ?? site.endOfDay,
      delegate: delegate?.userId ?? '',
      autoReply,
    },
    madeAt: now,
  };
  await saveDraft(engine, draft);
  return { kind: 'draft', draft };
}

async function saveDraft(engine: Engine, draft: Draft): Promise<void> {
  const write = { collection: 'draft', key: draft.draftId, expect: 0, body: draft } as const;
  const result = await engine.store.commit({ tenantId: engine.tenantId, state: [write], evidence: [], outbox: [] });
  if (!result.ok) throw new Error(`the request form could not be kept: ${result.reason}`);
}

/** HR may ask for anybody, a manager for their own reports; to everybody else the person's name is not even confirmed. */
async function mayNotAsk(
  engine: Engine,
  sender: Sender,
  person: PersonView,
  manager: PersonView | undefined,
): Promise<Drafted | undefined> {
  if (person.userId === sender.userId)
    return refused('You cannot start a case about yourself', ['Please ask a colleague in HR.']);
  if (sender.roles.includes('hr') || manager?.userId === sender.userId) return undefined;
  return refused('Only HR or the person’s manager can start a leaver', [`Please ask ${engine.policy.people.hr.name}.`]);
}

async function mayNotLeave(engine: Engine, sender: Sender, person: PersonView): Promise<Drafted | undefined> {
  if (!(await isProtected(engine.graph, engine.policy, person.userId))) return undefined;
  const groups = engine.policy.protectedAccounts.groups.map((group) => group.name).join(', ');
  const line = `It is listed as a break-glass, service or otherwise protected account (${groups}). Closing it here could lock the firm out. IT takes it off the list first.`;
  engine.report(`case for a protected account asked for by ${sender.userId}`, undefined);
  return refused(`${person.displayName} is a protected account`, [line]);
}

function refused(title: string, lines: readonly string[]): Drafted {
  return { kind: 'refused', title, lines };
}

function unreadableDate(typed: string): Drafted & { kind: 'refused' } {
  const lines = [
    'Write it like 2026-11-20, 20 Nov 2026, today or tomorrow, with a time like 17:00 if you wish: leaver <user> on 20 Nov 2026 17:00.',
  ];
  return { kind: 'refused', title: `“${typed}” is no date I can read`, lines };
}

/** The manager gets the mailbox unless HR says otherwise; nobody when there is no manager who could open it. */
function usableDelegate(manager: PersonView | undefined, person: PersonView): PersonView | undefined {
  return manager && manager.userId !== person.userId && manager.accountEnabled !== false && manager.userType !== 'Guest'
    ? manager
    : undefined;
}

async function previewPlan(
  engine: Engine,
  person: PersonView,
  delegate: PersonView | undefined,
  autoReply: string,
): Promise<Draft['planned']> {
  const workflow = engine.workflows.leaver;
  if (!workflow) throw new Error('no leaver workflow');
  const intents = leaverIntents({ ...(delegate ? { delegate } : {}), autoReply });
  const planned = await planSteps(stepContext(engine, 'draft', person.userId), stepsOfCase(workflow, {}), intents);
  for (const p of planned)
    if (p.failure) engine.report(`planning ${p.workflowStep.step.id} for a request form`, p.failure);
  return planned.flatMap(({ workflowStep, items }) => items.map((item) => ({ stepId: workflowStep.step.id, item })));
}
