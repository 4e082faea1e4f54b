import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import { storeOn } from '#adapters/store/database-store';
import { sqliteDialect } from '#adapters/store/dialect';
import { metaTable, schema, schemaVersion } from '#adapters/store/schema';
import { type OnWrite, sqliteDatabase } from '#adapters/store/sqlite-database';
import { holdOnly } from '#adapters/store/sqlite-lock';
import type { Store } from '#engine/ports/store';

export interface SqliteOptions {
  /** A file, made with its folder when missing, or `:memory:`. */
  readonly path: string;
  /** Only look, beside the instance that runs: takes no lock, changes nothing; every write throws. */
  readonly readOnly?: boolean;
  readonly onWrite?: OnWrite;
}

/** Opens the store on SQLite. Throws a sentence when another instance has it, or when the file is of a later version. */
export async function openSqliteStore({ path, readOnly = false, onWrite }: SqliteOptions): Promise<Store> {
  if (readOnly) {
    const connection = new SqliteConnection(path, { readonly: true, fileMustExist: true });
    return settingUp(connection, () => {
      checkVersion(connection, path);
      return storeOn(sqliteDatabase(connection, nothingHeld));
    });
  }
  const release = path === ':memory:' ? nothingHeld : holdOnly(privateFile(path));
  try {
    const connection = new SqliteConnection(path);
    return settingUp(connection, () => {
      setDurability(connection, path);
      prepareSchema(connection, path);
      return storeOn(sqliteDatabase(connection, release, onWrite));
    });
  } catch (error) {
    release();
    throw error;
  }
}

function nothingHeld(): void {
  // A database in memory, or one only read, locks nobody out.
}

function settingUp<T>(connection: SqliteConnection.Database, setUp: () => T): T {
  try {
    return setUp();
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Made by us before SQLite opens it: it gives its side files the rights of the file it finds. */
function privateFile(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  return path;
}

/**
 * FULL is set and checked on every open, not only the first: better-sqlite3 is built with NORMAL as the default of a database that is
 * already in WAL mode, which would lose acknowledged commits on a power cut from the second start on.
 */
function setDurability(connection: SqliteConnection.Database, path: string): void {
  const mode = connection.pragma('journal_mode = WAL', { simple: true });
  connection.pragma('synchronous = FULL');
  // What is deleted is overwritten: an erased sealing salt must not stay readable in a free page.
  connection.pragma('secure_delete = ON');
  const synchronous = connection.pragma('synchronous', { simple: true });
  if (synchronous !== 2 || (path !== ':memory:' && mode !== 'wal')) {
    throw new Error(
      `${path} cannot be written durably (journal_mode ${String(mode)}, synchronous ${String(synchronous)}); Latchkey needs wal and 2.`,
    );
  }
}

function prepareSchema(connection: SqliteConnection.Database, path: string): void {
  connection
    .transaction(() => {
      connection.exec(metaTable(sqliteDialect));
      if (versionOf(connection) === undefined) {
        for (const text of schema(sqliteDialect)) connection.exec(text);
        connection.prepare("insert into meta (name, value) values ('schema', ?)").run(schemaVersion);
      }
    })
    .immediate();
  checkVersion(connection, path);
  // Nobody else can have this file: whoever held a lease or a message is dead, and their work need not be waited for. The epoch
  // stays, so that what they may still have under way is refused.
  connection.exec('update work set owner = null, lease_until = 0; update outbox set taken_until = 0');
}

function checkVersion(connection: SqliteConnection.Database, path: string): void {
  const version = versionOf(connection);
  if (version !== schemaVersion) {
    throw new Error(
      `${path} holds a database of version ${String(version)}; this Latchkey reads version ${schemaVersion}. Use the Latchkey that wrote it.`,
    );
  }
}

function versionOf(connection: SqliteConnection.Database): number | undefined {
  return connection.prepare<[], number>("select value from meta where name = 'schema'").pluck().get();
}
