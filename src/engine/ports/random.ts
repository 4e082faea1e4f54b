/** Chance, injected so that a simulation seed replays to the byte. */
export interface Random {
  uuid(): string;
  /** In [0, 1). */
  fraction(): number;
}
