import { z } from 'zod';
import type { StepContext } from '#engine/step';

const organization = z.object({ verifiedDomains: z.object({ name: z.string() }).array() });

/** The firm's own mail domains, in lower case (User.Read.All is enough for an organisation's verifiedDomains). */
export async function readFirmDomains({ graph }: StepContext): Promise<readonly string[]> {
  const organizations = await graph.list('/organization?$select=verifiedDomains', organization);
  return organizations.flatMap(({ verifiedDomains }) => verifiedDomains.map(({ name }) => name.toLowerCase()));
}

export function isFirmAddress(address: string, domains: readonly string[]): boolean {
  return domains.includes(address.slice(address.lastIndexOf('@') + 1).toLowerCase());
}
