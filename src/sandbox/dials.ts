import { z } from 'zod';

/** The regular expression of a fault's path, or undefined when the path is a prefix: `/v1.0/users/` has nothing special in it. */
export function patternOf(path: string): RegExp | undefined {
  const pattern = /^\/(.+)\/$/.exec(path)?.[1];
  return pattern !== undefined && /[\\^$*+?()[\]|]/.test(pattern) ? new RegExp(pattern, 'i') : undefined;
}

function isUsablePath(path: string): boolean {
  try {
    patternOf(path);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

const faultSchema = z
  .object({
    path: z.string().min(1).refine(isUsablePath, { message: 'is no regular expression' }),
    method: z.string().optional(),
    cmdlet: z.string().optional(),
    status: z.number().int().min(400).max(599).optional(),
    code: z.string().optional(),
    message: z.string().optional(),
    drop: z.enum(['before', 'after']).optional(),
    retryAfter: z.number().nonnegative().optional(),
    count: z.number().int().positive().nullable().default(1),
    skip: z.number().int().nonnegative().default(0),
  })
  .strict()
  .refine((fault) => (fault.status === undefined) !== (fault.drop === undefined), {
    message: 'a fault has either a status or a drop',
  });

const milliseconds = z.number().nonnegative();

/**
 * What can be turned while the sandbox runs. `POST /_sandbox/dials` takes any part of this as JSON and answers the whole;
 * `GET` shows it, with the faults' remaining counts. Unknown names are refused with 400. A posted `faults` list replaces the
 * old one, everything else is merged by name.
 *
 *   {
 *     "latencyMs": 100,            half before the request is handled, half before it is answered
 *     "lagMs": 30000,              directory reads show the state of so long ago
 *     "lagJitterMs": 0,            reads differ by up to this much: replicas that do not agree yet
 *     "indexLagMs": 500,           on top of lagMs, for ConsistencyLevel: eventual queries
 *     "exchangeLagMs": 400,        the same as lagMs for mailboxes, by Exchange and by Graph
 *     "dynamicGroupLagMs": 1500,   until a dynamic rule is evaluated again
 *     "licenceLagMs": 800,         until group-based licences are processed
 *     "mailboxLagMs": 300,         until a mailbox follows its licence
 *     "directorySyncMs": 1800000,  until Active Directory overwrites a synced account's accountEnabled
 *     "pageSize": 100,             page when $top is not given
 *     "throttle": {"requests": 50, "windowMs": 10000, "retryAfterSeconds": 2} or null,
 *     "outlookConcurrency": 4,     mailbox requests side by side before 429; 0 = no limit
 *     "seats": {"SPB": 30},        enabled units by SKU part number
 *     "appRoleTooLow": true,       sensitive writes to privileged targets answer 403
 *     "exchangeRoleTooLow": true,  every Exchange cmdlet answers 403
 *     "withheldAppRoles": ["User.RevokeSessions.All"],   not granted to Latchkey's service principal
 *     "faults": [{"path": "/v1.0/users/", "method": "PATCH", "status": 503, "retryAfter": 1, "count": 2, "skip": 0},
 *                {"path": "/InvokeCommand$/", "cmdlet": "Set-Mailbox", "drop": "after"}]
 *   }
 *
 * A fault's `path` is a prefix of path and query (with /v1.0), or a regular expression between slashes. `skip` lets so many
 * matching requests pass first; `count` (1; null = for ever) is how many are hit. `drop: "before"` closes the connection
 * with nothing applied, `"after"` with all of it applied and no answer. Requests inside a $batch are matched one by one.
 */
export const dialsSchema = z
  .object({
    latencyMs: milliseconds.default(0),
    lagMs: milliseconds.default(250),
    lagJitterMs: milliseconds.default(0),
    indexLagMs: milliseconds.default(500),
    exchangeLagMs: milliseconds.default(400),
    dynamicGroupLagMs: milliseconds.default(1500),
    licenceLagMs: milliseconds.default(800),
    mailboxLagMs: milliseconds.default(300),
    directorySyncMs: milliseconds.default(1_800_000),
    pageSize: z.number().int().min(1).max(999).default(100),
    throttle: z
      .object({
        requests: z.number().int().nonnegative(),
        windowMs: z.number().positive(),
        retryAfterSeconds: z.number().nonnegative().optional(),
      })
      .strict()
      .nullable()
      .default(null),
    outlookConcurrency: z.number().int().nonnegative().default(4),
    seats: z.record(z.string(), z.number().int().nonnegative()).default({}),
    appRoleTooLow: z.boolean().default(false),
    exchangeRoleTooLow: z.boolean().default(false),
    withheldAppRoles: z.array(z.string()).default([]),
    faults: z.array(faultSchema).default([]),
  })
  .strict();

export type Dials = z.infer<typeof dialsSchema>;
export type DialSettings = z.input<typeof dialsSchema>;
export type Fault = Dials['faults'][number];
