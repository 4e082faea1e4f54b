import { cardContext } from '#bot/card-context';
import type { HouseCard } from '#bot/house/house-card';
import { mayTell } from '#bot/house/may-tell';
import { type MorningList, morningListCard, morningListSummary, morningListView } from '#cards/morning-list';
import { type Instant, msBetween } from '#domain/instant';
import type { Engine } from '#engine/engine';
import { houseSite, leavingOn } from '#engine/house/morning';
import { findStep, stepsOfCase } from '#engine/workflow';

/** The house looks every minute: what comes so much later than wanted was not sent by a house that was there. */
const promptMs = 300_000;

/** Who leaves on the date `id`, as far as this audience is told. */
export const morning: HouseCard = async (bot, id, audience) => {
  const { engine } = bot;
  const looked = await engine.store.get(engine.tenantId, 'done', `morning/${id}`);
  const workflow = engine.workflows.leaver;
  if (!looked || !workflow) return undefined;
  const { at } = looked.body;
  const leaving = await leavingOn(engine, id, at);
  const today = leaving.today.filter((record) => mayTell(bot, audience, record));
  const overdue = leaving.overdue.filter((record) => mayTell(bot, audience, record));
  if (today.length + overdue.length === 0) return undefined;
  const { zone } = houseSite(engine);
  const view = morningListView(
    {
      day: engine.calendar.longText(at, zone).replace(/ at .*$/, ''),
      today,
      overdue,
      steps: stepsOfCase(workflow, { laterSteps: engine.policy.leaver.later }).map(({ step }) => step),
      byHandOf: (stepId) => findStep(workflow, stepId)?.step.byHand,
      ...lateness(engine, id, at),
    },
    cardContext(engine, 'leaver'),
  );
  return { card: morningListCard(view), summary: morningListSummary(view) };
};

function lateness({ calendar, policy }: Engine, date: string, at: Instant): Pick<MorningList, 'late'> {
  const site = houseSite({ policy });
  const wanted = calendar.toInstant({ date, time: policy.house.morningAt }, site.zone);
  if (!wanted || msBetween(wanted, at) <= promptMs) return {};
  return {
    late: {
      sentAt: `${calendar.toLocal(at, site.zone).time} (${site.name})`,
      wantedAt: policy.house.morningAt,
    },
  };
}
