/** As long as this machine's clock keeps within this of the tenant's, it is the finer of the two. */
const defaultToleranceMs = 120_000;

export interface ServerClockOptions {
  /** Epoch ms of this machine, which somebody may set. */
  readonly wall: () => number;
  /** Milliseconds from an arbitrary start, which nobody can set. */
  readonly monotonic: () => number;
  readonly toleranceMs?: number;
}

/**
 * How far a real tenant's clock is ahead of this machine's, so that a machine whose clock was set closes nobody's access before its
 * time. The tenant's time comes with every answer; between answers it goes on with monotonic time.
 */
export interface ServerClock {
  /** What the tenant said, in epoch ms, at this moment. */
  heard(serverMs: number): void;
  /** 0 while this machine's clock is right; what it is wrong by otherwise. */
  offsetMs(): number;
  /** How far this machine's clock is ahead of the tenant's, in ms; `undefined`: the tenant has not said. */
  differenceMs(): number | undefined;
  /** Milliseconds since the tenant was last heard; `undefined`: never. */
  heardAgoMs(): number | undefined;
}

interface Heard {
  readonly serverMs: number;
  readonly monotonic: number;
}

export function createServerClock({
  wall,
  monotonic,
  toleranceMs = defaultToleranceMs,
}: ServerClockOptions): ServerClock {
  let anchor: Heard | undefined;
  let doubted: Heard | undefined;
  let last = Number.NEGATIVE_INFINITY;

  const onFrom = ({ serverMs, monotonic: then }: Heard): number => serverMs + monotonic() - then;
  const agrees = (a: number, b: number): boolean => Math.abs(a - b) <= toleranceMs;

  /** One odd answer, of a proxy that keeps its own time, moves nothing: what nothing else bears out has to be said twice. */
  function isBelieved(serverMs: number): boolean {
    if (agrees(serverMs, wall())) return true;
    if (anchor && agrees(serverMs, onFrom(anchor))) return true;
    return doubted !== undefined && agrees(serverMs, onFrom(doubted));
  }

  function offset(): number {
    const here = wall();
    const estimate = anchor ? onFrom(anchor) : here;
    const believed = agrees(estimate, here) ? here : estimate;
    // Changing from one to the other, time stands still for a moment rather than go back; only what was plainly wrong is taken back.
    last = last > believed && last - believed <= 2 * toleranceMs ? last : believed;
    return last - here;
  }

  return {
    heard(serverMs) {
      const reading = { serverMs, monotonic: monotonic() };
      if (isBelieved(serverMs)) {
        if (!anchor) last = Number.NEGATIVE_INFINITY;
        anchor = reading;
        doubted = undefined;
      } else doubted = reading;
    },
    offsetMs: offset,
    differenceMs: () => (anchor ? wall() - onFrom(anchor) : undefined),
    heardAgoMs: () => (anchor ? monotonic() - anchor.monotonic : undefined),
  };
}
