import { setTimeout as wait } from 'node:timers/promises';
import { people } from '#sandbox/firm/ids';
import type { FirmAtWork } from './firm-at-work.js';

export interface Submitted {
  readonly caseId: string;
  /** When HR clicked, in ms of the machine's and of the monotonic clock. */
  readonly at: number;
  readonly monotonic: number;
}

const longestMs = 60_000;

/** HR asks for a leaver whose last minute has passed, so that everything is due at once, and submits the form as it comes. */
export async function submitLeaver({ engine, person }: FirmAtWork, name: string): Promise<Submitted> {
  const hr = person(people.danaReyes);
  const today = engine.clock.tenantNow().slice(0, 10);
  await hr.says(`leaver ${name} on ${today} 00:00`);
  const form = await hr.sees(new RegExp(name), longestMs);
  const at = Date.now();
  const monotonic = engine.clock.monotonic();
  await hr.clicks('Submit', {}, form);
  for (; performance.now() < monotonic + longestMs; await wait(20)) {
    const cases = await engine.store.list(engine.tenantId, 'case');
    const mine = cases.find(({ body }) => body.person.displayName === name);
    if (mine) return { caseId: mine.body.caseId, at, monotonic };
  }
  throw new Error(`no case was opened for ${name}`);
}
