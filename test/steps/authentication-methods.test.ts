import assert from 'node:assert/strict';
import { isFailure } from '#domain/failure';
import type { Shape } from '#engine/ports/graph';
import { people } from '#sandbox/firm/ids';
import { deleteMethods } from '#steps/authentication-methods/delete-methods';
import { changesOf } from '../contracts/step.js';
import { startTestTenant, type TestTenant } from './tenant.js';

describe('[unit] steps/authentication-methods', () => {
  let tenant: TestTenant;

  before(async () => {
    tenant = await startTestTenant();
  });

  after(() => tenant.close());

  it('waits with the default method, and with the mobile below a second one, until the others are gone', async () => {
    const ctx = tenant.context(people.alexMorgan);
    const changes = changesOf(await deleteMethods.plan(ctx, null));
    for (const name of ['Authenticator app (iPhone)', 'Mobile phone']) {
      const change = changes.find(({ target }) => target.displayName === name);
      await assert.rejects(deleteMethods.apply(ctx, change ?? assert.fail()), (error) =>
        isFailure(error, 'not-yet-visible'),
      );
    }
  });

  it('names the methods without numbers or addresses', async () => {
    const changes = changesOf(await deleteMethods.plan(tenant.context(people.alexMorgan), null));
    for (const { target } of changes) assert.doesNotMatch(target.displayName, /\d{3}|@/);
  });

  it('asks for a person where Graph v1.0 cannot delete the kind', async () => {
    const ctx = tenant.context(people.alexMorgan);
    const token = { '@odata.type': '#microsoft.graph.hardwareOathAuthenticationMethod', id: '7f1c' };
    const list = async <T>(_path: string, shape: Shape<T>) => [shape.parse(token)];
    const [planned] = await deleteMethods.plan({ ...ctx, graph: { ...ctx.graph, list } }, null);
    assert.ok(planned?.kind === 'blocked');
    assert.equal(planned.code, 'latchkey.method-by-hand');
    assert.match(planned.title, /^Code generator/);
  });
});
