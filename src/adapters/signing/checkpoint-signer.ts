import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isSshSignature, publicKeyOf, signSsh, sshPublicKey } from '#adapters/signing/sshsig';
import type { CheckpointSigner, CheckpointVerifier } from '#engine/ports/checkpoint-signer';

const namespace = 'latchkey-checkpoint';
/** Who signs, as `ssh-keygen -Y verify -I` wants it named. */
const principal = 'latchkey';

/**
 * Signs with the Ed25519 key in `keyFile` (PKCS #8 PEM, readable by its user alone), which is made when missing. Keep it apart from the
 * database: whoever has both can write a history anew and sign it. Throws when others may read the file or it holds another key.
 */
export async function openCheckpointSigner({
  keyFile,
}: {
  readonly keyFile: string;
}): Promise<CheckpointSigner & CheckpointVerifier> {
  await createIfMissing(keyFile);
  if (process.platform !== 'win32' && ((await stat(keyFile)).mode & 0o007) !== 0) {
    throw new Error(`The signing key ${keyFile} is open to every user of this machine; run: chmod 600 ${keyFile}`);
  }
  const privateKey = readKey(await readFile(keyFile, 'utf8'), keyFile);
  const publicKey = createPublicKey(privateKey);
  return {
    sign: async (text) => signSsh(text, namespace, privateKey),
    allowedSigner: `${principal} namespaces="${namespace}" ssh-ed25519 ${sshPublicKey(publicKey)}`,
    verify: (text, signature) => isSshSignature(signature, text, namespace, publicKey),
  };
}

/** Verifies with the public key alone, from the line that `allowedSigner` gives. Throws when the line holds no Ed25519 key. */
export function openCheckpointVerifier(allowedSigner: string): CheckpointVerifier {
  const base64 = /\bssh-ed25519 ([A-Za-z0-9+/=]+)/.exec(allowedSigner)?.[1];
  if (base64 === undefined) throw new Error('The allowed signer names no ssh-ed25519 key.');
  const publicKey = publicKeyOf(base64);
  return { verify: (text, signature) => isSshSignature(signature, text, namespace, publicKey) };
}

/** Never overwrites, and writes the key whole before it gets its name: nobody ever finds half a key. */
async function createIfMissing(path: string): Promise<void> {
  // Not even tried where it is: a mounted secret may stand in a folder that cannot be written.
  if (existsSync(path)) return;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(draft, pem, { flag: 'wx', mode: 0o600, flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
}

function readKey(pem: string, path: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw new Error(`The signing key ${path} cannot be read as a PKCS #8 PEM file.`, { cause });
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`The signing key ${path} is not an Ed25519 key.`);
  return key;
}
