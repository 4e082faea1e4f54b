import { type Logger, pino } from 'pino';

/**
 * Structured log to stdout. Fields are picked by whoever logs: ids, codes and durations; never tokens, card inputs or names.
 * Errors are cut to what says where to look.
 */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    serializers: {
      err: (error: unknown) =>
        error instanceof Error
          ? { type: error.name, message: error.message, stack: error.stack, cause: causeOf(error) }
          : { message: String(error) },
    },
  });
}

function causeOf(error: Error): string | undefined {
  return error.cause instanceof Error ? `${error.cause.name}: ${error.cause.message}` : undefined;
}
