import { z } from 'zod';
import { toEpochMs } from '#domain/instant';
import type { Step } from '#engine/step';

const id = 'users.revoke-sign-in-sessions';

const user = z.object({
  displayName: z.string().nullish(),
  signInSessionsValidFromDateTime: z.string().nullish(),
});

/** Sessions count from `signInSessionsValidFromDateTime`; proved when it is later than this one, which stood before the call. */
const wantedState = z.object({ sessionsValidFromLaterThan: z.string().nullable() });

/**
 * Ends the sessions in browsers and apps: refresh tokens and session cookies from before no longer count.
 * It always acts: that sessions ended earlier says nothing about the ones begun since.
 * https://learn.microsoft.com/graph/api/user-revokesigninsessions
 */
export const revokeSignInSessions: Step = {
  id,
  version: 1,
  permissions: ['User.RevokeSessions.All', 'User.Read.All'],
  executor: 'graph',
  risk: 'routine',
  effect: 'set',
  proof: 'read-back',
  byHand: 'Entra admin centre > Users > the person > Revoke sessions',
  // A session that is ended while sign-in is still allowed is simply begun again.
  after: ['users.disable-account'],
  alwaysActs: true,

  describe: () => ({
    group: 'Sign-in',
    will: 'Open sessions end',
    done: 'Open sessions ended',
    back: 'signed in after access was closed',
  }),

  async plan({ graph, userId }) {
    const read = await graph.get(`/users/${userId}?$select=displayName,signInSessionsValidFromDateTime`, user);
    const validFrom = read.signInSessionsValidFromDateTime ?? null;
    const change = {
      key: `${id}:${userId}`,
      target: { kind: 'user', id: userId, displayName: read.displayName ?? userId },
      before: { signInSessionsValidFromDateTime: validFrom },
      after: { sessionsValidFromLaterThan: validFrom },
    } as const;
    return [{ kind: 'change', change }];
  },

  covers: (_approved, now) => wantedState.safeParse(now.after).success,

  async apply({ graph, userId, now }) {
    // Documented as 204 without a body; the service answers 200 {"value":true}.
    await graph.post(`/users/${userId}/revokeSignInSessions`, {}, z.unknown());
    return { requestedAt: now };
  },

  async verify({ graph, userId }, change) {
    const { sessionsValidFromLaterThan: earlier } = wantedState.parse(change.after);
    const read = await graph.get(`/users/${userId}?$select=signInSessionsValidFromDateTime`, user);
    const validFrom = read.signInSessionsValidFromDateTime ?? null;
    const data = { signInSessionsValidFromDateTime: validFrom };
    const moved = validFrom !== null && (earlier === null || toEpochMs(validFrom) > toEpochMs(earlier));
    return moved
      ? { outcome: 'confirmed', observation: { text: 'Sessions from before no longer count', data } }
      : { outcome: 'pending', observation: { text: 'Earlier sessions still count', data } };
  },

  undo: { irreversible: 'A session that was ended stays ended; the person signs in again.' },
};
