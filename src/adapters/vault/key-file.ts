import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const keyBytes = 32;

/**
 * The key-encryption key: 32 bytes, base64 in a file that its user alone may read, made when missing. Kept apart from the database and
 * from its backups: whoever has only those can read no sealed field. Throws when others may read the file, or when it holds no key.
 */
export async function loadOrCreateKey(path: string): Promise<Buffer> {
  await createIfMissing(path);
  if (process.platform !== 'win32' && ((await stat(path)).mode & 0o007) !== 0) {
    throw new Error(`The key file ${path} is open to every user of this machine; run: chmod 600 ${path}`);
  }
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64');
  if (key.length !== keyBytes) throw new Error(`The key file ${path} does not hold ${keyBytes} bytes in base64.`);
  return key;
}

/**
 * Never overwrites: a lost key cannot be made again, and with it goes everything it sealed. Written whole before it gets its name, so
 * that neither a crash nor a second instance ever finds half a key.
 */
async function createIfMissing(path: string): Promise<void> {
  // Not even tried where it is: a mounted secret may stand in a folder that cannot be written.
  if (existsSync(path)) return;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(keyBytes).toString('base64')}\n`, { flag: 'wx', mode: 0o600, flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
}
