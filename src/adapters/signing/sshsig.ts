import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig, for Ed25519 keys and SHA-512. */
const magic = Buffer.from('SSHSIG');
const keyType = 'ssh-ed25519';
const hashName = 'sha512';
const begin = '-----BEGIN SSH SIGNATURE-----';
const end = '-----END SSH SIGNATURE-----';
const lineLength = 70;

/** A public key as OpenSSH writes it: base64 of the key's type and its 32 bytes. */
export function sshPublicKey(key: KeyObject): string {
  const { x } = key.export({ format: 'jwk' });
  if (typeof x !== 'string') throw new TypeError('not an Ed25519 public key');
  return Buffer.concat([field(keyType), field(Buffer.from(x, 'base64url'))]).toString('base64');
}

/** The key of such a base64 text. Throws when it is no Ed25519 key. */
export function publicKeyOf(base64: string): KeyObject {
  const bytes = reader(Buffer.from(base64, 'base64'));
  if (bytes.field().toString() !== keyType) throw new TypeError('not an Ed25519 public key of OpenSSH');
  const x = bytes.field().toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

/** The armoured signature, ending in a line feed. */
export function signSsh(text: string, namespace: string, privateKey: KeyObject): string {
  const publicKey = Buffer.from(sshPublicKey(createPublicKey(privateKey)), 'base64');
  const signature = sign(null, toBeSigned(text, namespace), privateKey);
  const version = Buffer.from([0, 0, 0, 1]);
  const inner = Buffer.concat([field(keyType), field(signature)]);
  const blob = Buffer.concat([
    magic,
    version,
    field(publicKey),
    field(namespace),
    field(''),
    field(hashName),
    field(inner),
  ]);
  const lines = blob.toString('base64').match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return `${[begin, ...lines, end].join('\n')}\n`;
}

/** Whether it is a signature of this text, under this namespace, by this key. What cannot be read as a signature is none. */
export function isSshSignature(signature: string, text: string, namespace: string, key: KeyObject): boolean {
  const parts = parse(signature);
  return (
    parts !== undefined &&
    parts.publicKey === sshPublicKey(key) &&
    parts.namespace === namespace &&
    parts.hash === hashName &&
    verify(null, toBeSigned(text, namespace), key, parts.signature)
  );
}

interface Parts {
  readonly publicKey: string;
  readonly namespace: string;
  readonly hash: string;
  readonly signature: Buffer;
}

function parse(armoured: string): Parts | undefined {
  const lines = armoured.trim().split(/\r?\n/);
  if (lines[0] !== begin || lines.at(-1) !== end) return undefined;
  const blob = Buffer.from(lines.slice(1, -1).join(''), 'base64');
  if (!blob.subarray(0, magic.length).equals(magic)) return undefined;
  try {
    const bytes = reader(blob.subarray(magic.length));
    if (bytes.number() !== 1) return undefined;
    const publicKey = bytes.field().toString('base64');
    const namespace = bytes.field().toString();
    bytes.field();
    const hash = bytes.field().toString();
    const inner = reader(bytes.field());
    if (inner.field().toString() !== keyType) return undefined;
    return { publicKey, namespace, hash, signature: inner.field() };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function toBeSigned(text: string, namespace: string): Buffer {
  const hash = createHash(hashName).update(text, 'utf8').digest();
  return Buffer.concat([magic, field(namespace), field(''), field(hashName), field(hash)]);
}

/** Length in four bytes, then the content: `string` in RFC 4251 §5. */
function field(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Reads in order; throws RangeError past the end. */
function reader(bytes: Buffer): { number(): number; field(): Buffer } {
  let offset = 0;
  const number = () => {
    const value = bytes.readUInt32BE(offset);
    offset += 4;
    return value;
  };
  return {
    number,
    field() {
      const length = number();
      if (offset + length > bytes.length) throw new RangeError('a field runs past the end');
      offset += length;
      return bytes.subarray(offset - length, offset);
    },
  };
}
