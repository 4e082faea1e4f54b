import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openCheckpointSigner, openCheckpointVerifier } from '#adapters/signing/checkpoint-signer';
import { publicKeyOf, signSsh } from '#adapters/signing/sshsig';

const text = `L-1 2 ${'a'.repeat(64)}\nhouse 1 ${'b'.repeat(64)}\n`;
const sshKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;

describe('[unit] adapters/signing/checkpoint-signer', () => {
  let folder: string;
  let keyFile: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-sign-'));
    keyFile = join(folder, 'secrets', 'checkpoint.pem');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('makes its key once, for its user alone', async () => {
    const first = await openCheckpointSigner({ keyFile });
    const second = await openCheckpointSigner({ keyFile });
    expect(second.allowedSigner).to.equal(first.allowedSigner);
    expect(await second.sign(text), 'Ed25519 signs the same alike').to.equal(await first.sign(text));
    expect(statSync(keyFile).mode & 0o777).to.equal(0o600);
    chmodSync(keyFile, 0o604);
    expect(await messageOf(openCheckpointSigner({ keyFile }))).to.include('chmod 600');
  });

  it('refuses a file that holds no key, or one of another kind', async () => {
    await openCheckpointSigner({ keyFile });
    writeFileSync(keyFile, 'nothing');
    expect(await messageOf(openCheckpointSigner({ keyFile }))).to.include('cannot be read');
    const { privateKey } = generateKeyPairSync('x25519');
    writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    expect(await messageOf(openCheckpointSigner({ keyFile }))).to.include('not an Ed25519 key');
  });

  it('knows its own signature, of this text and for this purpose only, with the public line alone', async () => {
    const signer = await openCheckpointSigner({ keyFile });
    const other = await openCheckpointSigner({ keyFile: join(folder, 'other.pem') });
    const signature = await signer.sign(text);
    for (const verifier of [signer, openCheckpointVerifier(signer.allowedSigner)]) {
      expect(verifier.verify(text, signature)).to.equal(true);
      expect(verifier.verify(`${text} `, signature)).to.equal(false);
      expect(verifier.verify(text, await other.sign(text))).to.equal(false);
      expect(verifier.verify(text, signature.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA'))).to.equal(false);
      expect(verifier.verify(text, cutShort(signature))).to.equal(false);
      expect(verifier.verify(text, 'no signature at all')).to.equal(false);
    }
    const { privateKey } = generateKeyPairSync('ed25519');
    const line = await openCheckpointSigner({ keyFile: pemFile(privateKey.export({ type: 'pkcs8', format: 'pem' })) });
    expect(line.verify(text, signSsh(text, 'file', privateKey)), 'made for something else').to.equal(false);
    expect(line.verify(text, signSsh(text, 'latchkey-checkpoint', privateKey))).to.equal(true);
  });

  it('refuses a line that names no key', () => {
    expect(() => openCheckpointVerifier('latchkey ssh-rsa AAAA')).to.throw('names no ssh-ed25519 key');
    expect(() => publicKeyOf(Buffer.from('short').toString('base64'))).to.throw();
  });

  it('is read by ssh-keygen, and reads what ssh-keygen signs', async () => {
    const signer = await openCheckpointSigner({ keyFile });
    const signature = await signer.sign(text);
    // The form is fixed by PROTOCOL.sshsig; this much holds where OpenSSH is not installed too.
    expect(signature).to.match(
      /^-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ[\w+/=\n]+\n-----END SSH SIGNATURE-----\n$/,
    );
    if (!sshKeygen) return;
    const at = (name: string, content: string) => {
      writeFileSync(join(folder, name), content, { mode: 0o600 });
      return join(folder, name);
    };
    const allowed = at('allowed_signers', `${signer.allowedSigner}\n`);
    const signatureFile = at('heads.txt.sig', signature);
    const verify = (input: string) =>
      spawnSync(
        'ssh-keygen',
        ['-Y', 'verify', '-f', allowed, '-I', 'latchkey', '-n', 'latchkey-checkpoint', '-s', signatureFile],
        { input },
      ).status;
    expect(verify(text)).to.equal(0);
    expect(verify(text.replace('L-1 2', 'L-1 3'))).to.not.equal(0);

    const theirKey = join(folder, 'id');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', theirKey]);
    const theirs = execFileSync('ssh-keygen', ['-Y', 'sign', '-q', '-f', theirKey, '-n', 'latchkey-checkpoint'], {
      input: text,
    });
    const publicLine = execFileSync('ssh-keygen', ['-y', '-f', theirKey], { encoding: 'utf8' });
    expect(openCheckpointVerifier(publicLine).verify(text, theirs.toString())).to.equal(true);
    expect(signer.verify(text, theirs.toString())).to.equal(false);
  });

  function pemFile(pem: string | Buffer): string {
    const path = join(folder, 'given.pem');
    writeFileSync(path, pem, { mode: 0o600 });
    return path;
  }
});

function cutShort(signature: string): string {
  const lines = signature.trim().split('\n');
  return [...lines.slice(0, 3), lines.at(-1)].join('\n');
}

async function messageOf(refused: Promise<unknown>): Promise<string> {
  return refused.then(
    () => {
      throw new Error('it should have been refused');
    },
    (error: unknown) => String(error),
  );
}
