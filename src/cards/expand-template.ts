import { createRequire } from 'node:module';
import type { Json } from '#domain/json';
import type { Card } from '#engine/ports/chat';

/** Our own limit, far below what Teams takes (about 80 KB), so that a card and its fallback always fit. */
export const largestCardBytes = 25 * 1024;

/** What is used of the package; its own declarations import the sources of `adaptivecards`, which our compiler settings refuse. */
interface Templating {
  readonly Template: new (payload: object) => { expand(context: { readonly $root: unknown }): unknown };
}

const templating: Templating = createRequire(import.meta.url)('adaptivecards-templating');

const prepared = new Map<string, InstanceType<Templating['Template']>>();

/**
 * Fills a card's template with its view and checks the result: no binding is left open, every text is a string, a fallback text
 * is there, the size fits. Throws an Error that names the card; a card that fails here must not be sent.
 */
export function expandTemplate(name: string, template: object, view: object): Card {
  const compiled = prepared.get(name) ?? new templating.Template(template);
  prepared.set(name, compiled);
  const card: unknown = compiled.expand({ $root: withoutBindings(view) });
  if (!isCard(card)) throw new Error(`card ${name}: the template does not give an object`);
  const fault = faultOf(card);
  if (fault !== undefined) throw new Error(`card ${name}: ${fault}`);
  return card;
}

/** What people typed may look like a binding; broken apart here, so that whatever `${` is left afterwards is the template's own. */
function withoutBindings(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('${', '$ {');
  if (Array.isArray(value)) return value.map(withoutBindings);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutBindings(inner)]));
}

function faultOf(card: Card): string | undefined {
  const json = JSON.stringify(card);
  const open = /\$\{[^}"]*\}?/.exec(json);
  if (open) return `the binding ${open[0]} was not filled`;
  const bytes = Buffer.byteLength(json);
  if (bytes > largestCardBytes) return `${bytes} bytes are more than ${largestCardBytes}`;
  const fallback = card['fallbackText'];
  if (typeof fallback !== 'string' || fallback.trim() === '') return 'no fallbackText';
  return faultyText(card);
}

function faultyText(value: Json | undefined): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (isList(value)) return firstFault(value);
  if (value['type'] === 'TextBlock') {
    const text = value['text'];
    if (typeof text !== 'string' || text === '') return `a TextBlock holds ${JSON.stringify(text)} instead of text`;
    if (value['wrap'] !== true) return `the TextBlock "${text.slice(0, 40)}" does not wrap`;
  }
  return firstFault(Object.values(value));
}

function firstFault(values: readonly (Json | undefined)[]): string | undefined {
  for (const value of values) {
    const fault = faultyText(value);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isCard(value: unknown): value is Card {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
