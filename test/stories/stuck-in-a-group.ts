import { firmGroups } from './firm.js';
import { requestLeaver } from './requests.js';
import type { World } from './world.js';

const refused = {
  path: `/v1.0/groups/${firmGroups.forecastReadWrite}/members/`,
  method: 'DELETE',
  status: 403,
  code: 'Authorization_RequestDenied',
  message: 'Insufficient privileges to complete the operation.',
  count: null,
};

/** Alex cannot be taken out of one group; everything else is approved and done. */
export async function stuckInAGroup({ hr, manager, it, tenant }: World): Promise<string> {
  await tenant.dials({ faults: [refused] });
  const caseId = await requestLeaver(hr, 'alex.morgan@northwind.example on 2026-11-20 08:59');
  await manager.sees(/Please decide on the hand-over/);
  await manager.clicks('Approve');
  await it.channel.sees(/Insufficient privileges/);
  return caseId;
}
