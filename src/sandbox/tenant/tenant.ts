import type { SandboxClock } from '#sandbox/clock';
import { type DialSettings, type Dials, dialsSchema } from '#sandbox/dials';
import { buildWorld } from '#sandbox/firm/build-world';
import { auditRows, directorySync, entraItself, type Initiator } from '#sandbox/tenant/audit-log';
import { delayOf, type Job, jobsAfter, runJob } from '#sandbox/tenant/processing';
import type { JsonObject, World } from '#sandbox/tenant/world';

/** Which replicas a read is answered from: they lag by their own dials. */
export type Replica = 'directory' | 'index' | 'exchange';

export interface Tenant {
  readonly clock: SandboxClock;
  dials(): Dials;
  /** Merges by name; throws a ZodError for what is no dial. */
  turn(settings: DialSettings): Dials;
  /** The state as it truly is, background work up to now included. */
  truth(): World;
  /** The state as a read sees it: some time ago. */
  view(replica: Replica): World;
  /** Makes this the state and starts the background work that follows. Made from `truth()` in the same turn, without an await between. `by`: whom the audit log names; none: Entra itself. */
  write(world: World, by?: Initiator): void;
  /** The directory's audit log, oldest first, as of now. */
  audit(): readonly JsonObject[];
  /** The tenant's time, as Graph writes it (seconds, UTC). */
  timestamp(): string;
  /** As it was when it was made, dials too; at this date, or the one it was made with. */
  reload(now: Date | undefined): void;
}

interface Version {
  readonly at: number;
  readonly world: World;
}
interface DueJob {
  readonly due: number;
  readonly job: Job;
}

/** How far back a read may look; lag beyond that shows the oldest version kept. */
const keptMs = 15 * 60_000;
const keptVersions = 3000;
const keptAuditRows = 20_000;

export function createTenant(clock: SandboxClock, settings: DialSettings): Tenant {
  let dials = dialsSchema.parse(settings);
  let versions: Version[] = [{ at: Number.NEGATIVE_INFINITY, world: buildWorld(clock.now()) }];
  let pending: DueJob[] = [];
  let audited: JsonObject[] = [];
  let auditCount = 0;
  let reads = 0;

  const latest = (): World => (versions.at(-1) as Version).world;
  const timestamp = (): string => `${clock.now().toISOString().slice(0, 19)}Z`;

  const audit = (before: World, world: World, moment: number, by: Initiator): void => {
    const rows = auditRows(before, world, by, new Date(clock.now().getTime() - (clock.ticks() - moment)), auditCount);
    auditCount += rows.length;
    audited.push(...rows);
    if (audited.length > keptAuditRows) audited = audited.slice(-keptAuditRows / 2);
  };

  const record = (moment: number, world: World, by: Initiator): void => {
    const before = latest();
    if (world === before) return;
    const at = Math.max(moment, versions.at(-1)?.at ?? moment);
    versions.push({ at, world });
    audit(before, world, at, by);
    pending.push(...jobsAfter(before, world).map((job) => ({ due: at + delayOf(job, dials), job })));
    const stale = versions.findIndex((version) => version.at > at - keptMs) - 1;
    if (stale > 0 || versions.length > keptVersions) versions = versions.slice(Math.max(stale, 1));
  };

  const settle = (): void => {
    const now = clock.ticks();
    for (;;) {
      const due = pending.filter((item) => item.due <= now).sort((one, other) => one.due - other.due)[0];
      if (due === undefined) return;
      pending = pending.filter((item) => item !== due);
      const by = due.job.kind === 'directory-sync' ? directorySync : entraItself;
      record(due.due, runJob(latest(), due.job, dials, timestamp()), by);
    }
  };

  const lagOf = (replica: Replica): number => {
    const lag =
      replica === 'exchange' ? dials.exchangeLagMs : dials.lagMs + (replica === 'index' ? dials.indexLagMs : 0);
    reads += 1;
    // Successive reads are answered by different replicas: spread evenly over the jitter, the same in every run.
    return lag + dials.lagJitterMs * ((reads * 0.618_034) % 1);
  };

  return {
    clock,
    dials: () => dials,
    turn: (turned) => {
      settle();
      dials = dialsSchema.parse({ ...dials, ...turned });
      return dials;
    },
    truth: () => {
      settle();
      return latest();
    },
    view: (replica) => {
      settle();
      const until = clock.ticks() - lagOf(replica);
      return (versions.findLast((version) => version.at <= until) ?? (versions[0] as Version)).world;
    },
    // No settling here: the new world was made from `truth()` in the same turn.
    write: (world, by = entraItself) => record(clock.ticks(), world, by),
    audit: () => {
      settle();
      return audited;
    },
    timestamp,
    reload: (now) => {
      clock.restart(now);
      dials = dialsSchema.parse(settings);
      versions = [{ at: Number.NEGATIVE_INFINITY, world: buildWorld(clock.now()) }];
      pending = [];
      audited = [];
    },
  };
}
