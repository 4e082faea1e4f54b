import type { Client } from './teams-client.js';

export const hour = 3_600_000;
export const minute = 60_000;

/** Types the command, submits the form as it is but for `inputs`, and resolves with the id of the case that is open then. */
export async function requestLeaver(
  client: Client,
  typed: string,
  inputs: Readonly<Record<string, string>> = {},
): Promise<string> {
  const form = await client.says(`leaver ${typed}`);
  const answer = await client.clicks('Submit', inputs, form);
  const caseId = /Case (L-\d+)/.exec(answer.text)?.[1];
  if (!caseId) throw new Error(`no case was opened; the answer was:\n${answer.text}`);
  return caseId;
}

/** The completion card proper, not the progress card that stands in its message for a moment before. */
export const completedCard = /\d+ of \d+ changes read back/;
