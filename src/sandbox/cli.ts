import { Command, InvalidArgumentError } from 'commander';
import { startSandbox } from '#sandbox/start-sandbox';

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('a port is wanted');
  return port;
}

const command = new Command('sandbox')
  .description('Serves the simulated tenant: Graph, Exchange and sign-in over HTTP')
  .option('--port <port>', 'port to listen on', portOf, 4010)
  .option('--host <host>', 'address to listen on', '127.0.0.1')
  .option('--now <iso>', "the tenant's date at the start")
  .option('--latency <ms>', 'latency of every request in milliseconds', Number, 0)
  .option('--lag <ms>', 'replication lag of the directory in milliseconds', Number)
  .parse();

const options = command.opts<{ port: number; host: string; now?: string; latency: number; lag?: number }>();
const sandbox = await startSandbox({
  port: options.port,
  host: options.host,
  ...(options.now === undefined ? {} : { seedNow: options.now }),
  dials: { latencyMs: options.latency, ...(options.lag === undefined ? {} : { lagMs: options.lag }) },
});
console.log(`The simulated tenant Northwind Traders (${sandbox.tenantId}) answers at ${sandbox.origin}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void sandbox.close();
  });
}
