import { z } from 'zod';

const node = z.record(z.unknown());
const button = z.object({
  type: z.literal('Action.Execute'),
  title: z.string(),
  verb: z.string(),
  data: z.record(z.unknown()).default({}),
});

export type CardObject = Readonly<Record<string, unknown>>;

export interface Button {
  readonly title: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

function everyNode(value: unknown): readonly CardObject[] {
  if (Array.isArray(value)) return value.flatMap(everyNode);
  const read = node.safeParse(value);
  if (!read.success) return [];
  const { fallback: _forOlderClients, ...seen } = read.data;
  return [seen, ...Object.values(seen).flatMap(everyNode)];
}

/** What a person reads on a card, a line for each text, Markdown rendered; folded parts included, inputs and buttons not. */
export function textOf(card: CardObject): string {
  return everyNode(card)
    .filter((found) => found['type'] === 'TextBlock' || found['type'] === 'TextRun')
    .map((found) =>
      String(found['text'])
        .replaceAll('**', '')
        .replace(/\\([^\w\s])/g, '$1'),
    )
    .join('\n');
}

/** Everything that can be pressed. What unfolds first (`Reject`, `Done by hand`) goes by the title that unfolds it. */
export function buttonsOf(value: unknown): readonly Button[] {
  if (Array.isArray(value)) return value.flatMap(buttonsOf);
  const read = button.safeParse(value);
  if (read.success) return [read.data];
  const found = node.safeParse(value);
  if (!found.success) return [];
  const inside = Object.values(found.data).flatMap(buttonsOf);
  if (found.data['type'] !== 'Action.ShowCard') return inside;
  return inside.map((one) => ({ ...one, title: String(found.data['title']) }));
}

/** What the inputs hold before anybody types: a client sends all of them with a click. */
export function inputsOf(card: CardObject): Readonly<Record<string, string>> {
  const inputs = everyNode(card).filter((found) => String(found['type']).startsWith('Input.'));
  return Object.fromEntries(inputs.map((input) => [String(input['id']), String(input['value'] ?? '')]));
}
