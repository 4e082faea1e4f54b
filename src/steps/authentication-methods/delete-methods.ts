import { z } from 'zod';
import { Failure, isFailure } from '#domain/failure';
import type { Planned, Step } from '#engine/step';
import { readMethods, type SignInMethod } from '#steps/authentication-methods/read-methods';

const id = 'authentication-methods.delete-methods';

/** There is no DELETE on `methods/{id}`: each kind goes by its own collection, and kinds that only beta can delete are not here. */
const collections: Readonly<Record<string, string>> = {
  phoneAuthenticationMethod: 'phoneMethods',
  microsoftAuthenticatorAuthenticationMethod: 'microsoftAuthenticatorMethods',
  fido2AuthenticationMethod: 'fido2Methods',
  windowsHelloForBusinessAuthenticationMethod: 'windowsHelloForBusinessMethods',
  softwareOathAuthenticationMethod: 'softwareOathMethods',
  emailAuthenticationMethod: 'emailMethods',
  temporaryAccessPassAuthenticationMethod: 'temporaryAccessPassMethods',
  platformCredentialAuthenticationMethod: 'platformCredentialMethods',
  externalAuthenticationMethod: 'externalAuthenticationMethods',
};

const wantedState = z.object({ registered: z.literal(false), type: z.string() });

/** Entra keeps the default method, and the mobile number below an alternate one, until they are the last. */
const mustGoLater = /default (authentication )?method|alternate\s?mobile/i;

function plannedFor(method: SignInMethod): Planned {
  const key = `${id}:${method.id}`;
  const target = { kind: 'authenticationMethod', id: method.id, displayName: method.displayName } as const;
  if (collections[method.type]) {
    const before = { registered: true, type: method.type };
    return { kind: 'change', change: { key, target, before, after: { registered: false, type: method.type } } };
  }
  return {
    kind: 'blocked',
    key,
    target,
    code: 'latchkey.method-by-hand',
    title: `${method.displayName} must be removed by hand`,
    saw: `The person signs in with a method of the kind ${method.type}, which Microsoft Graph v1.0 cannot delete.`,
    advice: 'Delete it in the Entra admin centre under the person’s authentication methods, then say Done by hand.',
  };
}

/**
 * Deletes every sign-in method but the password, one change each. The person registers again, so nothing brings them back.
 * One permission over all kinds: those for single kinds would be nine, and miss the next kind that Microsoft adds.
 * https://learn.microsoft.com/graph/api/resources/authenticationmethods-overview
 */
export const deleteMethods: Step = {
  id,
  version: 1,
  permissions: ['UserAuthenticationMethod.ReadWrite.All'],
  executor: 'graph',
  risk: 'destructive',
  effect: 'set',
  proof: 'read-back',
  byHand: 'Entra admin centre > Users > the person > Authentication methods: delete all but the password',
  after: [],

  describe: ({ target }) => ({
    group: 'Sign-in',
    will: `${target.displayName} is removed`,
    done: `${target.displayName} is removed`,
    back: `can sign in with ${target.displayName}`,
  }),

  async plan(ctx) {
    const methods = await readMethods(ctx);
    if (methods.length > 0) return methods.map(plannedFor);
    const target = { kind: 'authenticationMethod', id: ctx.userId, displayName: 'Sign-in methods' } as const;
    const observation = { text: 'No sign-in method besides the password is registered', data: { methods: [] } };
    return [{ kind: 'not-needed', key: `${id}:${ctx.userId}`, target, observation }];
  },

  // A method registered since the approval is one more way in.
  covers: (_approved, now) => wantedState.safeParse(now.after).success,

  async apply({ graph, userId, now }, change) {
    const { type } = wantedState.parse(change.after);
    const collection = collections[type];
    if (!collection) throw new TypeError(`a method of the kind ${type} is never planned`);
    try {
      await graph.delete(`/users/${userId}/authentication/${collection}/${change.target.id}`);
    } catch (error) {
      if (!isFailure(error, 'refused') || !mustGoLater.test(error.message)) throw error;
      const code = 'latchkey.method-goes-later';
      throw new Failure(
        'Entra keeps this method until the others are gone',
        { ...error.detail, kind: 'not-yet-visible', code },
        { cause: error },
      );
    }
    return { requestedAt: now };
  },

  async verify(ctx, change) {
    const registered = (await readMethods(ctx)).some((method) => method.id === change.target.id);
    const text = `${change.target.displayName} is ${registered ? 'still' : 'no longer'} registered`;
    return { outcome: registered ? 'pending' : 'confirmed', observation: { text, data: { registered } } };
  },

  undo: { irreversible: 'A sign-in method can only be registered again by the person.' },
};
