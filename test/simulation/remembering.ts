import type { Collection, ListWhere, Store, Stored } from '#engine/ports/store';

/**
 * The store, with what it listed kept until something of that collection is written. The engine reads the whole case in every pass,
 * and most passes change one collection: this halves what a seed costs.
 */
export function remembering(store: Store): Store {
  const lists = new Map<Collection, Map<string, Promise<readonly Stored<Collection>[]>>>();

  function list<C extends Collection>(
    tenantId: string,
    collection: C,
    where?: ListWhere,
  ): Promise<readonly Stored<C>[]> {
    const known = lists.get(collection) ?? new Map<string, Promise<readonly Stored<C>[]>>();
    lists.set(collection, known);
    const name = `${tenantId} ${where?.caseId ?? ''} ${where?.keyPrefix ?? ''}`;
    const found = known.get(name) ?? store.list(tenantId, collection, where);
    known.set(name, found);
    return found as Promise<readonly Stored<C>[]>;
  }

  return {
    ...store,
    list,
    async commit(commit) {
      const result = await store.commit(commit);
      if (result.ok) for (const { collection } of commit.state) lists.delete(collection);
      return result;
    },
  };
}
