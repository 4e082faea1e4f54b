import type { Act } from '#bot/act';

/** What can be confirmed, by the verb under which `askToConfirm` kept it. */
export const acts: Readonly<Record<string, Act>> = {};
