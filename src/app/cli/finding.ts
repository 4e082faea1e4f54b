import { isFailure } from '#domain/failure';

/** One line of the doctor's. `missing` has to be mended before Latchkey works; `note` is good to know. */
export interface Finding {
  readonly level: 'ok' | 'note' | 'missing';
  /** What, what it is for, how to mend it: one line. */
  readonly text: string;
}

export function ok(text: string): Finding {
  return { level: 'ok', text };
}

export function note(text: string): Finding {
  return { level: 'note', text };
}

export function missing(text: string): Finding {
  return { level: 'missing', text };
}

/** Runs a check; that the tenant did not let us look is a finding of its own, with what would help. */
export async function looking(what: string, check: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await check();
  } catch (error) {
    if (!isFailure(error)) throw error;
    const helps = error.detail.missing;
    return [missing(`${what}: could not be looked at: ${error.message}${helps ? `; needs ${helps}` : ''}`)];
  }
}
