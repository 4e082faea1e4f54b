/** Signs `heads.txt` as SSHSIG (Ed25519, namespace `latchkey-checkpoint`) with a key that is not in the database. */
export interface CheckpointSigner {
  /** Armoured signature, as `ssh-keygen -Y verify` reads it. */
  sign(text: string): Promise<string>;
  /** The public key as one line of an `allowed_signers` file. */
  readonly allowedSigner: string;
}

/** Tells whether a signature is one of ours; needs the public key only. */
export interface CheckpointVerifier {
  verify(text: string, signature: string): boolean;
}
