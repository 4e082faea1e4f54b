import { z } from 'zod';

/** What the parent tells the worker's process, as JSON in its only argument. */
export const workerSettings = z.object({
  /** Of the simulated tenant, or of the proxy before it. */
  tenantOrigin: z.string(),
  tenantId: z.string(),
  chatOrigin: z.string(),
  /** Database and keys. */
  folder: z.string(),
  policyFile: z.string(),
  /** End this process with SIGKILL around its n-th committing write. */
  killAt: z.object({ n: z.number(), moment: z.enum(['before', 'after']) }).optional(),
  hr: z.string(),
  manager: z.string(),
  leaver: z.string(),
});

export type WorkerSettings = z.infer<typeof workerSettings>;

/** What the process prints, once, when the case is closed, signed and told to everybody. */
export const workerReport = z.object({ writes: z.number() });
