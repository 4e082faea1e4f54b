import { appendFileSync } from 'node:fs';
import type { TraceLine } from '#adapters/graph/graph-settings';

/**
 * Appends one JSON line per request, whole and in order, also when several processes write to one file. Throws when the file
 * cannot be opened; a line that cannot be written later goes to `onFailure`, because tracing must not change what a request did.
 */
export function createTraceFile(path: string, onFailure: (error: unknown) => void): (line: TraceLine) => void {
  appendFileSync(path, '', { mode: 0o600 });
  return (line) => {
    try {
      appendFileSync(path, `${JSON.stringify(line)}\n`);
    } catch (error) {
      onFailure(error);
    }
  };
}
