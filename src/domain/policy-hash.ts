import { canonicalJson, sha256Hex } from '#domain/canonical';
import type { Json } from '#domain/json';
import type { Policy } from '#domain/policy';

/** Stands for what the rules mean: a comment or the order of the file's lines changes nothing. 64 hex digits. */
export function hashOfPolicy(policy: Policy): string {
  return sha256Hex(canonicalJson(JSON.parse(JSON.stringify(policy)) as Json));
}
