import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  graphRequest(method: string, status: number | undefined, durationMs: number): void;
  exchangeRequest(cmdlet: string, status: number | undefined, durationMs: number): void;
  delivered(count: number): void;
  reported(): void;
  evidence(whole: boolean): void;
  /** How far this machine's clock is ahead of the tenant's. */
  clockDifference(ms: number): void;
  overdue(isOverdue: boolean): void;
}

/** What `/metrics` shows: no ids, no names, few labels. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const seconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
  const graph = new Histogram({
    name: 'latchkey_graph_request_seconds',
    help: 'Requests to Microsoft Graph',
    labelNames: ['method', 'status'],
    buckets: seconds,
    registers,
  });
  const exchange = new Histogram({
    name: 'latchkey_exchange_request_seconds',
    help: 'Cmdlets sent to Exchange',
    labelNames: ['cmdlet', 'status'],
    buckets: seconds,
    registers,
  });
  const messages = new Counter({
    name: 'latchkey_messages_handled_total',
    help: 'Outgoing messages taken from the outbox',
    registers,
  });
  const reports = new Counter({
    name: 'latchkey_reports_total',
    help: 'Things an engineer should look into',
    registers,
  });
  const whole = new Gauge({
    name: 'latchkey_evidence_whole',
    help: '1 when the last check found every evidence chain whole',
    registers,
  });
  const clock = new Gauge({
    name: 'latchkey_clock_difference_seconds',
    help: 'How far the clock of this machine is ahead of the tenant’s',
    registers,
  });
  const overdue = new Gauge({
    name: 'latchkey_overdue',
    help: '1 while something that should have been done by now is not: what stops the heartbeat',
    registers,
  });
  const statusOf = (status: number | undefined) => (status === undefined ? 'none' : String(status));
  return {
    registry,
    graphRequest: (method, status, durationMs) =>
      graph.observe({ method, status: statusOf(status) }, durationMs / 1000),
    exchangeRequest: (cmdlet, status, durationMs) =>
      exchange.observe({ cmdlet, status: statusOf(status) }, durationMs / 1000),
    delivered: (count) => messages.inc(count),
    reported: () => reports.inc(),
    evidence: (isWhole) => whole.set(isWhole ? 1 : 0),
    clockDifference: (ms) => clock.set(ms / 1000),
    overdue: (isOverdue) => overdue.set(isOverdue ? 1 : 0),
  };
}
