const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The arbitration mailbox every organisation has: calls that are about no mailbox are routed to it. */
const organisation = 'SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}';

/** The routing hint `X-AnchorMailbox`: a wrong one costs a hop or an error, never another mailbox. */
export function anchorOf(anchor: string | undefined, tenantId: string): string {
  if (anchor === undefined) return `APP:${organisation}@${tenantId}`;
  return guid.test(anchor) ? `OID:${anchor}@${tenantId}` : `UPN:${anchor}`;
}
