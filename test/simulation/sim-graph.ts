import { Failure } from '#domain/failure';
import type { Json } from '#domain/json';
import type { Role } from '#domain/part';
import type { Exchange } from '#engine/ports/exchange';
import type { Graph } from '#engine/ports/graph';
import { groupOf } from './firm.js';
import type { Tenant } from './tenant.js';

const noRoute = (what: string) =>
  new Failure(`the simulated tenant has no ${what}`, { kind: 'refused', code: 'sim.no-route' });

/** What a test says of somebody: JSON, the value of an object of kind `person`. Whom no test speaks of cannot be read. */
export interface SimPerson {
  readonly accountEnabled?: boolean;
  readonly officeLocation?: string;
  readonly manager?: string;
  readonly automaticReplies?: { readonly status: string; readonly from?: string; readonly to?: string };
}

function personAt(tenant: Tenant, path: string): unknown {
  const [, userId = '', what] = /^\/users\/([^/?]+)(?:\/([^?]+))?/.exec(path) ?? [];
  const read = (id: string): SimPerson => {
    if (tenant.objects.get(id)?.kind !== 'person') throw noRoute(path);
    return JSON.parse(tenant.truth(id)) as SimPerson;
  };
  const user = (id: string) => {
    const { accountEnabled = true, officeLocation } = read(id);
    return {
      id,
      userPrincipalName: `${id}@sim.example`,
      displayName: id.toUpperCase(),
      accountEnabled,
      officeLocation,
    };
  };
  const { manager, automaticReplies } = read(userId);
  if (what === undefined) return user(userId);
  if (what === 'manager') {
    if (manager === undefined) throw new Failure('no manager', { kind: 'not-found', code: 'sim.not-found' });
    return user(manager);
  }
  const { status = 'disabled', from, to } = automaticReplies ?? {};
  const at = (dateTime: string | undefined) => ({ dateTime: (dateTime ?? '').replace('Z', '0000'), timeZone: 'UTC' });
  return { status, scheduledStartDateTime: at(from), scheduledEndDateTime: at(to) };
}

/** The Graph port on the simulated tenant: `/objects` for the steps, group membership for who may decide. */
export function simGraph(tenant: Tenant, by: string, roles: Readonly<Record<string, readonly Role[]>>): Graph {
  const objectOf = (path: string) => /^\/objects\/([^/?]+)$/.exec(path)?.[1];
  const write = async (path: string, body: Json) => {
    const id = objectOf(path);
    if (id === undefined || typeof body !== 'string') throw noRoute(path);
    await tenant.write(by, id, body);
  };
  return {
    async get(path, shape) {
      if (path.startsWith('/users/')) return shape.parse(personAt(tenant, path));
      const id = objectOf(path);
      if (id === undefined) throw noRoute(path);
      return shape.parse(await tenant.read(by, id));
    },
    async list(path, shape) {
      const kind = /^\/objects\?kind=(\w+)$/.exec(path)?.[1];
      if (kind === undefined) throw noRoute(path);
      return (await tenant.list(by, kind)).map((item) => shape.parse(item));
    },
    async post(path, body, shape) {
      const person = /^\/users\/([^/]+)\/checkMemberGroups$/.exec(path)?.[1];
      if (person === undefined) throw noRoute(path);
      const asked = JSON.stringify(body);
      return shape.parse({ value: (roles[person] ?? []).map(groupOf).filter((id) => asked.includes(`"${id}"`)) });
    },
    patch: write,
    put: write,
    async delete(path) {
      throw noRoute(path);
    },
  };
}

export const noExchange: Exchange = {
  async invoke(cmdlet) {
    throw noRoute(cmdlet);
  },
};
