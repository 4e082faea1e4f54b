export interface HeartbeatOptions {
  /** https, or http on this machine. Often a secret: whoever knows it can beat. */
  readonly url: string;
  readonly timeoutMs?: number;
}

/** One beat to whoever listens outside. Throws when it was not taken; the message does not tell the address. */
export type Heartbeat = () => Promise<void>;

export function createHeartbeat({ url, timeoutMs = 10_000 }: HeartbeatOptions): Heartbeat {
  return async () => {
    const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
    // Read to its end, so that the connection is free for the next one.
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`the heartbeat was answered with ${answer.status}`);
  };
}
