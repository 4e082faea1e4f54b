import { closeSync, openSync } from 'node:fs';
import SqliteConnection from 'better-sqlite3';

const waitMs = 500;

/**
 * Takes the one right to write the database for the life of this process: an exclusive transaction on a side file, so that readers of
 * the database itself stay possible. The kernel frees it when the process dies, however it dies. Waits half a second for a
 * predecessor that is just going down. Throws when another instance holds it. Returns how to give it back.
 */
export function holdOnly(path: string): () => void {
  const lockPath = `${path}.lock`;
  closeSync(openSync(lockPath, 'a', 0o600));
  const lock = new SqliteConnection(lockPath, { timeout: waitMs });
  try {
    lock.exec('begin exclusive');
  } catch (cause) {
    lock.close();
    throw new Error(
      `Another Latchkey is already running on ${path}. Stop it first, or use PostgreSQL (DATABASE_URL) to run several instances.`,
      { cause },
    );
  }
  return () => {
    lock.close();
  };
}
