import type { Card } from '#engine/ports/chat';

/** A card as it would be sent, drawn from sample data. */
export interface SampleCard {
  /** The card's file name: `cards/<card>.json`. */
  readonly card: string;
  readonly name: string;
  readonly content: Card;
  readonly summary: string;
  /** Whether its notification may name the person: in somebody's own chat it may. */
  readonly named: boolean;
}
