/** Where `engine.policy` comes from: the rules in force, whoever signed them and in whichever instance. */
export interface Rules {
  /** Looks again at which rules are in force; from then on `engine.policy` is those. */
  refresh(): Promise<void>;
}
