import { type Fault, patternOf } from '#sandbox/dials';
import type { Tenant } from '#sandbox/tenant/tenant';

interface FaultTarget {
  readonly method: string;
  /** Path and query with the version in front. */
  readonly url: string;
  readonly cmdlet: string | undefined;
}

function pathMatches(fault: Fault, url: string): boolean {
  const pattern = patternOf(fault.path);
  return pattern === undefined ? url.toLowerCase().startsWith(fault.path.toLowerCase()) : pattern.test(url);
}

function hits(fault: Fault, target: FaultTarget): boolean {
  return (
    (fault.method === undefined || fault.method.toUpperCase() === target.method) &&
    (fault.cmdlet === undefined || fault.cmdlet.toLowerCase() === target.cmdlet?.toLowerCase()) &&
    pathMatches(fault, target.url)
  );
}

/** The fault that hits this request, if any; its counts are taken down. */
export function takeFault(tenant: Tenant, target: FaultTarget): Fault | undefined {
  const { faults } = tenant.dials();
  const fault = faults.find((candidate) => hits(candidate, target));
  if (fault === undefined) return undefined;
  const others = (replacement: readonly Fault[]): void => {
    tenant.turn({ faults: faults.flatMap((item) => (item === fault ? replacement : [item])) });
  };
  if (fault.skip > 0) {
    others([{ ...fault, skip: fault.skip - 1 }]);
    return undefined;
  }
  if (fault.count !== null) others(fault.count > 1 ? [{ ...fault, count: fault.count - 1 }] : []);
  return fault;
}
