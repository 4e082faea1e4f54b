/** One request as `GET /_sandbox/log` shows it. */
export interface LogEntry {
  readonly time: string;
  readonly method: string;
  readonly url: string;
  /** Null when the connection was dropped instead. */
  readonly status: number | null;
  readonly dropped: 'before' | 'after' | null;
  readonly requestId: string;
  readonly clientRequestId: string;
  readonly cmdlet: string | null;
  /** Came inside a $batch. */
  readonly batched: boolean;
}

export interface RequestLog {
  add(entry: LogEntry): void;
  addUnsupported(what: string): void;
  entries(): readonly LogEntry[];
  unsupported(): readonly string[];
  clear(): void;
}

const keptEntries = 20_000;

export function createRequestLog(): RequestLog {
  let entries: LogEntry[] = [];
  const unsupported = new Set<string>();
  return {
    add: (entry) => {
      entries.push(entry);
      if (entries.length > keptEntries) entries = entries.slice(-keptEntries / 2);
    },
    addUnsupported: (what) => unsupported.add(what),
    entries: () => entries,
    unsupported: () => [...unsupported].sort(),
    clear: () => {
      entries = [];
      unsupported.clear();
    },
  };
}
