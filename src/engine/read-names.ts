import { isFailure } from '#domain/failure';
import { readPerson } from '#engine/directory';
import type { Graph, Shape } from '#engine/ports/graph';

const displayName: Shape<string | undefined> = {
  parse(value) {
    const name = typeof value === 'object' && value !== null && 'displayName' in value ? value.displayName : undefined;
    return typeof name === 'string' && name !== '' ? name : undefined;
  },
};

/** What Entra calls people and groups at this moment, by object id; those it does not know are left out. */
export async function readNames(graph: Graph, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all([...new Set(ids)].map(async (id) => [id, await readName(graph, id)] as const));
  return new Map(found.flatMap(([id, name]) => (name === undefined ? [] : [[id, name] as const])));
}

async function readName(graph: Graph, id: string): Promise<string | undefined> {
  const person = await readPerson(graph, id);
  if (person) return person.displayName;
  try {
    return await graph.get(`/groups/${id}?$select=id,displayName`, displayName);
  } catch (error) {
    if (isFailure(error, 'not-found')) return undefined;
    throw error;
  }
}
