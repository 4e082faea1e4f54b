import type { HouseCard } from '#bot/house/house-card';
import { newcomerCard, newcomerSummary, newcomerView } from '#cards/newcomer';
import { siteTime } from '#cards/site-time';
import { isAtOrAfter, plusMs } from '#domain/instant';
import { readPerson } from '#engine/directory';
import { readNewcomerId } from '#engine/house/watch-deciders';
import { siteOf } from '#engine/site-of';

/** Who joined a deciding group, for its other members; times where the reader works. */
export const newcomer: HouseCard = async ({ engine }, id, audience) => {
  const joined = readNewcomerId(id);
  if (!joined || audience.kind === 'channel' || audience.userId === joined.userId) return undefined;
  const { store, tenantId, graph, policy, calendar, clock } = engine;
  const [person, reader, membership] = await Promise.all([
    readPerson(graph, joined.userId),
    readPerson(graph, audience.userId),
    store.get(tenantId, 'membership', joined.role),
  ]);
  const since = membership?.body.members.find(({ userId }) => userId === joined.userId)?.since;
  const from = plusMs(joined.since, policy.decisions.newcomerHours * 3_600_000);
  const site = reader && siteOf(policy, reader);
  const time = siteTime(reader ?? {}, site?.zone ?? 'utc', { calendar, policy });
  const view = newcomerView({
    person: person ?? { displayName: 'Somebody whom Entra does not know any more' },
    group: policy.people[joined.role].name,
    ...(isAtOrAfter(clock.tenantNow(), from) ? {} : { from: time.long(from) }),
    left: since !== joined.since,
  });
  return { card: newcomerCard(view), summary: newcomerSummary(view) };
};
