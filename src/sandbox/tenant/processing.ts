import type { Dials } from '#sandbox/dials';
import { parseDashFilter } from '#sandbox/query/dash-filter';
import { mailboxAfterLicences, processLicences } from '#sandbox/tenant/licences';
import { type Group, type User, type World, withGroup, withUser } from '#sandbox/tenant/world';

/** Work that the real services do some time after a change, per user. */
export interface Job {
  readonly kind: 'dynamic-groups' | 'licences' | 'mailbox' | 'directory-sync';
  readonly userId: string;
}

export function delayOf(job: Job, dials: Dials): number {
  if (job.kind === 'dynamic-groups') return dials.dynamicGroupLagMs;
  if (job.kind === 'licences') return dials.licenceLagMs;
  return job.kind === 'mailbox' ? dials.mailboxLagMs : dials.directorySyncMs;
}

const memberJobs = (before: Group | undefined, after: Group): readonly Job[] => {
  if (after.licences.length === 0 || before === undefined || before.memberIds === after.memberIds) return [];
  const changed = [
    ...before.memberIds.filter((id) => !after.memberIds.includes(id)),
    ...after.memberIds.filter((id) => !before.memberIds.includes(id)),
  ];
  return changed.map((userId) => ({ kind: 'licences', userId }));
};

const userJobs = (before: User | undefined, after: User): readonly Job[] => {
  const jobs: Job[] = [];
  const userId = after.id;
  if (before?.properties !== after.properties) jobs.push({ kind: 'dynamic-groups', userId });
  if (before?.directLicences !== after.directLicences || before?.inheritedLicences !== after.inheritedLicences) {
    jobs.push({ kind: 'mailbox', userId });
  }
  const drifted =
    after.activeDirectoryEnabled !== null && after.properties['accountEnabled'] !== after.activeDirectoryEnabled;
  if (drifted) jobs.push({ kind: 'directory-sync', userId });
  return jobs;
};

/** What a change sets going: compared by reference, since whatever a write leaves alone is shared with the world before. */
export function jobsAfter(before: World, after: World): readonly Job[] {
  const users = Object.values(after.users).filter((user) => before.users[user.id] !== user);
  const groups = Object.values(after.groups).filter((group) => before.groups[group.id] !== group);
  const mailboxes = Object.values(after.mailboxes).filter(
    (mailbox) => before.mailboxes[mailbox.userId]?.type !== mailbox.type,
  );
  return [
    ...users.flatMap((user) => userJobs(before.users[user.id], user)),
    ...groups.flatMap((group) => memberJobs(before.groups[group.id], group)),
    ...mailboxes.map((mailbox): Job => ({ kind: 'mailbox', userId: mailbox.userId })),
  ];
}

/** Evaluates every dynamic rule for one user. */
export function applyDynamicRules(world: World, user: User): World {
  let next = world;
  for (const group of Object.values(world.groups)) {
    const rule = group.properties['membershipRule'];
    if (typeof rule !== 'string') continue;
    const belongs = user.deletedDateTime === null && parseDashFilter(rule, '')(user.properties);
    if (belongs === group.memberIds.includes(user.id)) continue;
    const others = group.memberIds.filter((id) => id !== user.id);
    next = withGroup(next, { ...group, memberIds: belongs ? [...others, user.id] : others });
  }
  return next;
}

export function runJob(world: World, job: Job, dials: Dials, now: string): World {
  const user = world.users[job.userId];
  if (user === undefined) return world;
  if (job.kind === 'dynamic-groups') return applyDynamicRules(world, user);
  if (job.kind === 'licences') return processLicences(world, user.id, dials.seats, now);
  if (job.kind === 'mailbox') return mailboxAfterLicences(world, user.id);
  if (user.activeDirectoryEnabled === user.properties['accountEnabled']) return world;
  const properties = { accountEnabled: user.activeDirectoryEnabled, onPremisesLastSyncDateTime: now };
  return withUser(world, { ...user, properties: { ...user.properties, ...properties } });
}
