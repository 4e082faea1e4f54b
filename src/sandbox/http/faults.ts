import type { Fault } from '#sandbox/dials';
import type { Tenant } from '#sandbox/tenant/tenant';

export interface FaultTarget {
  readonly method: string;
  /** Path and query with the version in front. */
  readonly url: string;
  readonly cmdlet: string | undefined;
}

function pathMatches(fault: Fault, url: string): boolean {
  const pattern = /^\/(.+)\/$/.exec(fault.path);
  // A prefix that ends in a slash would look like a pattern too: it is one only with something no path has.
  return pattern?.[1] !== undefined && /[\\^$*+?()[\]|]/.test(pattern[1])
    ? new RegExp(pattern[1], 'i').test(url)
    : url.toLowerCase().startsWith(fault.path.toLowerCase());
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
