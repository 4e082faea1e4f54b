import type { Engine } from '#engine/engine';

/** Something that the firm wants done regularly and that belongs to no single case. */
export interface HouseDuty {
  readonly name: string;
  /** How often it is looked at, in ms of machine time. */
  readonly everyMs: number;
  /** Does what is due, once, however many instances look: what it did is a conditional write. Throws when it could not. */
  act(engine: Engine): Promise<void>;
}
