import type { TeamsLog } from '#adapters/teams/log';

/** Work that outlives the request it came with: kept so that a shutdown can wait for it, and its failure is never lost. */
export interface Background {
  add(work: Promise<void>): void;
  /** Resolves when nothing is left, including what the last pieces started. */
  idle(): Promise<void>;
}

export function createBackground(log: TeamsLog): Background {
  const running = new Set<Promise<void>>();
  return {
    add(work) {
      const watched: Promise<void> = work
        .catch((error: unknown) => log.error({ err: error }, 'work that outlived its request failed'))
        .finally(() => running.delete(watched));
      running.add(watched);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
