import { policyJsonSchema } from '#app/policy-schema';

interface Described {
  readonly description?: unknown;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly items?: unknown;
}

/** What the setting at this path does, in the words of the policy's schema: `leaver.handOver.onSilence`, `sites[London].endOfDay`. */
export function describePolicy(path: string): string | undefined {
  let at: unknown = policyJsonSchema();
  let about: string | undefined;
  for (const step of path
    .replaceAll(/\[([^\]]*)\]/g, '.[]')
    .replace(/ \(order\)$/, '')
    .split('.')) {
    at = step === '[]' ? memberOf(at)?.items : memberOf(at)?.properties?.[step];
    const said = memberOf(at)?.description;
    // A list's own words are about all of it; what stands nearer to the value says more.
    about = typeof said === 'string' ? said : step === '[]' ? about : undefined;
  }
  return about;
}

function memberOf(value: unknown): Described | undefined {
  return typeof value === 'object' && value !== null ? value : undefined;
}
