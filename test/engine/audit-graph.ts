import type { Graph } from '#engine/ports/graph';

const unused = async (): Promise<never> => {
  throw new Error('only the audit log is read here');
};
const nothingElse = { get: unused, post: unused, patch: unused, put: unused, delete: unused };

/** A Graph whose audit log holds these rows. */
export function rowsGraph(rows: readonly object[]): Graph {
  return { ...nothingElse, list: async (_path, shape) => rows.map((row) => shape.parse(row)) };
}

/** A Graph whose audit log cannot be read. */
export function noAuditGraph(error: Error): Graph {
  return {
    ...nothingElse,
    list: async () => {
      throw error;
    },
  };
}
