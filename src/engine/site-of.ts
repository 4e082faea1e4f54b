import type { Policy, Site } from '#domain/policy';
import type { PersonView } from '#domain/subject';

/** The site whose clock and working hours count for a person. */
export function siteOf(policy: Policy, person: PersonView): Site {
  const named = policy.sites.find((site) => site.name.toLowerCase() === person.officeLocation?.toLowerCase());
  const site = named ?? policy.sites.find((candidate) => candidate.name === policy.defaultSite);
  if (!site) throw new Error(`policy.yaml: defaultSite ${policy.defaultSite} is not among its sites`);
  return site;
}
