/**
 * The clock of the simulated tenant. `now` is the tenant's date and can be moved; `ticks` drives replication and background
 * processing and never runs backwards: a tenant clock that is moved forward also lets time pass for replication, one that is
 * moved back does not undo it.
 */
export interface SandboxClock {
  now(): Date;
  /** Milliseconds of passed time, real time plus forward jumps. Never decreases. */
  ticks(): number;
  /** Moves the tenant's date; it keeps ticking from there. */
  set(now: Date): void;
  /** Moves the tenant's date by so many milliseconds (may be negative). */
  advance(milliseconds: number): void;
  offsetMs(): number;
  /** Back to this date, or to the one it was made with, without letting replication time pass: for loading the tenant afresh. */
  restart(now: Date | undefined): void;
}

export function createClock(seed: Date | undefined): SandboxClock {
  const offsetTo = (date: Date | undefined): number => (date === undefined ? 0 : date.getTime() - Date.now());
  let offset = offsetTo(seed);
  let jumped = 0;
  const advance = (milliseconds: number): void => {
    offset += milliseconds;
    jumped += Math.max(0, milliseconds);
  };
  return {
    now: () => new Date(Date.now() + offset),
    ticks: () => performance.now() + jumped,
    set: (now) => advance(now.getTime() - (Date.now() + offset)),
    advance,
    offsetMs: () => Math.round(offset),
    restart: (now) => {
      offset = offsetTo(now ?? seed);
    },
  };
}

/** A pause of so many milliseconds: the latency of the simulated wire. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
