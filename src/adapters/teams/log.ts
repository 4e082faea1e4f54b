/** Where the adapter says what went wrong while nobody was waiting for the answer. pino's shape: fields first. */
export interface TeamsLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
