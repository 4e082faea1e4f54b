import { readFile } from 'node:fs/promises';
import { distance } from 'fastest-levenshtein';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod/v4';
import { OperatorError } from '#app/operator-error';
import { type PolicyFile, policySchema } from '#app/policy-schema';
import type { Policy } from '#domain/policy';

type Issue = z.core.$ZodIssue;

/**
 * Reads the firm's rules. Throws `OperatorError` that names file, line and what is wanted there, for every mistake at once. What
 * stands under `sandbox:` replaces single values when `sandbox` is true, and is checked but not used otherwise.
 */
export async function loadPolicy(path: string, mode: { readonly sandbox: boolean }): Promise<Policy> {
  return parsePolicy(await readPolicyText(path), path, mode);
}

/** As `loadPolicy`, from the text itself; `path` is what mistakes are told with. */
export function parsePolicy(text: string, path: string, { sandbox }: { readonly sandbox: boolean }): Policy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const first = document.errors[0];
  if (first !== undefined)
    throw new OperatorError(
      `The policy file is no YAML: ${path}:${lines.linePos(first.pos[0]).line}: ${first.message}.`,
    );
  const read = policySchema.safeParse(document.toJS() ?? {}, { error: inWords });
  if (!read.success) {
    const said = read.error.issues
      .flatMap(sentences)
      .map(({ at, text }) => ({ line: lineOf(document, lines, at), text }))
      .sort((a, b) => a.line - b.line);
    throw new OperatorError(
      `The policy file cannot be used:\n${said.map(({ line, text }) => `  - ${path}:${line}: ${text}`).join('\n')}`,
    );
  }
  return policyOf(read.data, sandbox);
}

function policyOf({ sandbox: overrides, ...file }: PolicyFile, sandbox: boolean): Policy {
  const over = sandbox ? overrides : undefined;
  const { leaver, verify, run, decisions, exceptions, promises, watch, house, cards } = file;
  const policy = {
    ...file,
    leaver: replaced(leaver, over?.leaver),
    verify: replaced(verify, over?.verify),
    run: replaced(run, over?.run),
    decisions: replaced(decisions, over?.decisions),
    exceptions: replaced(exceptions, over?.exceptions),
    promises: replaced(promises, over?.promises),
    watch: replaced(watch, over?.watch),
    house: replaced(house, over?.house),
    cards: replaced(cards, over?.cards),
  };
  return withLowerCaseIds(policy);
}

function replaced<T extends object>(base: T, by: { readonly [K in keyof T]?: T[K] | undefined } = {}): T {
  return { ...base, ...Object.fromEntries(Object.entries(by).filter(([, value]) => value !== undefined)) };
}

/** Entra answers ids in lower case, whatever case somebody copied them in. */
function withLowerCaseIds(policy: Policy): Policy {
  const lower = <T extends { readonly id: string }>(ref: T): T => ({ ...ref, id: ref.id.toLowerCase() });
  const { hr, it, itLeadership, approvers, auditors } = policy.people;
  return {
    ...policy,
    people: {
      hr: lower(hr),
      it: lower(it),
      itLeadership: lower(itLeadership),
      approvers: lower(approvers),
      auditors: lower(auditors),
    },
    fallbackApprover: policy.fallbackApprover.toLowerCase(),
    protectedAccounts: {
      groups: policy.protectedAccounts.groups.map(lower),
      userIds: policy.protectedAccounts.userIds.map((id) => id.toLowerCase()),
    },
  };
}

/** Throws `OperatorError` where there is no such file, or none that may be read. */
export async function readPolicyText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new OperatorError(
      `The policy file ${path} cannot be read; POLICY_FILE says which one to use, and config/policy.yaml is one to start from.`,
      { cause },
    );
  }
}

/** What is wanted, where the schema does not say it in words of its own. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    if (issue.input === undefined) return missing;
    return issue.expected === 'int' || issue.expected === 'number'
      ? 'a number is wanted'
      : `${wanted(issue.expected)} is wanted`;
  }
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')} is wanted`;
  if (issue.code === 'too_small') return `${String(issue.minimum)} or more is wanted`;
  if (issue.code === 'too_big') return `${String(issue.maximum)} or less is wanted`;
  return undefined;
}

const missing = 'is missing';

function wanted(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    object: 'a group of settings',
    array: 'a list',
    string: 'a text',
    boolean: 'true or false',
  };
  return words[expected] ?? expected;
}

interface Said {
  readonly at: readonly PropertyKey[];
  readonly text: string;
}

function sentences(issue: Issue): readonly Said[] {
  const where = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      at: [...issue.path, key],
      text: `"${[...issue.path, key].map(String).join('.')}" is not known here${likely(key, issue.path) || '.'}`,
    }));
  if (issue.message === missing) return [{ at: issue.path.slice(0, -1), text: `"${where}" is missing.` }];
  return [{ at: issue.path, text: `"${where}": ${issue.message}.` }];
}

/** What a mistyped word was probably meant to be, among the words that are known at that place. */
function likely(key: string, path: readonly PropertyKey[]): string {
  const best = knownAt(path)
    .map((known) => ({ known, steps: distance(key.toLowerCase(), known.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps)[0];
  return best && best.steps <= 3 ? `; did you mean "${best.known}"?` : '';
}

function knownAt(path: readonly PropertyKey[]): readonly string[] {
  let at: unknown = policySchema;
  for (const step of path) {
    const shape = shapeOf(at);
    at = typeof step === 'number' ? elementOf(at) : shape?.[String(step)];
  }
  return Object.keys(shapeOf(at) ?? {});
}

function shapeOf(schema: unknown): Readonly<Record<string, unknown>> | undefined {
  const inner = unwrapped(schema);
  return hasKey(inner, 'shape') ? (inner.shape as Readonly<Record<string, unknown>>) : undefined;
}

function elementOf(schema: unknown): unknown {
  const inner = unwrapped(schema);
  return hasKey(inner, 'element') ? inner.element : undefined;
}

function unwrapped(schema: unknown): unknown {
  if (hasKey(schema, 'in') && schema.in) return unwrapped(schema.in);
  return hasKey(schema, 'unwrap') && typeof schema.unwrap === 'function' && !hasKey(schema, 'element')
    ? unwrapped(schema.unwrap())
    : schema;
}

function hasKey<K extends string>(value: unknown, key: K): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && key in value;
}

/** The line of a key or value; of what is around it, where it is missing. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length).map(String), true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start !== undefined) return lines.linePos(start).line;
  }
  return 1;
}
