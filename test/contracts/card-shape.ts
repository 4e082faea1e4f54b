import { z } from 'zod';

/** The elements of schema 1.5 that the cards use, closed: a property that is not here is a mistake in a template. */
const spacing = z.enum(['None', 'Small', 'Default', 'Medium', 'Large']).optional();
const common = {
  spacing,
  separator: z.boolean().optional(),
  id: z.string().min(1).optional(),
  isVisible: z.boolean().optional(),
};
const style = z.enum(['default', 'emphasis', 'accent', 'good', 'attention']);

const latchkey = z.object({ latchkey: z.record(z.string()) }).strict();
const submit = z
  .object({
    type: z.literal('Action.Submit'),
    title: z.string().min(1),
    style: z.enum(['positive', 'destructive']).optional(),
    data: latchkey.extend({ verb: z.string().min(1) }).strict(),
  })
  .strict();

const execute = z
  .object({
    type: z.literal('Action.Execute'),
    title: z.string().min(1).max(40),
    verb: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
    data: latchkey,
    style: z.enum(['positive', 'destructive']).optional(),
    mode: z.enum(['primary', 'secondary']).optional(),
    tooltip: z.string().min(1).optional(),
    associatedInputs: z.enum(['auto', 'none']).optional(),
    fallback: submit.optional(),
  })
  .strict();

const toggle = z
  .object({
    type: z.literal('Action.ToggleVisibility'),
    title: z.string().min(1).max(40),
    mode: z.enum(['primary', 'secondary']).optional(),
    targetElements: z.array(z.string().min(1)).min(1),
  })
  .strict();

const input = {
  id: z.string().min(1),
  label: z.string().min(1),
  isRequired: z.boolean().optional(),
  errorMessage: z.string().min(1).optional(),
  value: z.string().optional(),
};

const textInput = z
  .object({ type: z.literal('Input.Text'), ...input, isMultiline: z.boolean().optional(), maxLength: z.number() })
  .strict();

const showCard = z
  .object({
    type: z.literal('Action.ShowCard'),
    title: z.string().min(1).max(40),
    card: z
      .object({
        type: z.literal('AdaptiveCard'),
        version: z.literal('1.5'),
        body: z
          .array(z.lazy(() => z.union(inputs)))
          .min(1)
          .max(3),
        actions: z.array(execute).length(1),
      })
      .strict(),
  })
  .strict();

const textBlock = z
  .object({
    type: z.literal('TextBlock'),
    ...common,
    text: z.string().min(1),
    wrap: z.literal(true),
    size: z.enum(['Small', 'Default', 'Large']).optional(),
    weight: z.literal('Bolder').optional(),
    color: z.enum(['Default', 'Accent', 'Attention']).optional(),
    isSubtle: z.boolean().optional(),
    horizontalAlignment: z.literal('Right').optional(),
    style: z.literal('heading').optional(),
  })
  .strict();

const choices = {
  ...input,
  choices: z.array(z.object({ title: z.string().min(1), value: z.string().min(1) }).strict()),
};

const actionSet = z
  .object({
    type: z.literal('ActionSet'),
    ...common,
    actions: z
      .array(z.union([execute, toggle, showCard]))
      .min(1)
      .max(3),
  })
  .strict();

const inputs = [
  textInput,
  z.object({ type: z.literal('Input.Date'), ...input }).strict(),
  z.object({ type: z.literal('Input.Time'), ...input }).strict(),
  z.object({ type: z.literal('Input.ChoiceSet'), ...choices }).strict(),
] as const;

const toggleInput = z
  .object({
    type: z.literal('Input.Toggle'),
    ...common,
    id: z.string().min(1),
    title: z.string().min(1),
    value: z.enum(['true', 'false']),
    wrap: z.literal(true),
  })
  .strict();

const element: z.ZodType<unknown> = z.lazy(() =>
  z.union([textBlock, container, columnSet, actionSet, toggleInput, ...inputs]),
);

const container = z
  .object({
    type: z.literal('Container'),
    ...common,
    style: style.optional(),
    bleed: z.boolean().optional(),
    items: z.array(element).min(1),
  })
  .strict();

const column = z
  .object({
    type: z.literal('Column'),
    width: z.string().regex(/^(auto|stretch|\d+px)$/),
    verticalContentAlignment: z.literal('Center').optional(),
    items: z.array(element).min(1),
  })
  .strict();

const columnSet = z
  .object({
    type: z.literal('ColumnSet'),
    ...common,
    columns: z.array(column).min(2).max(3),
    selectAction: execute.optional(),
  })
  .strict();

export const cardShape = z
  .object({
    type: z.literal('AdaptiveCard'),
    version: z.literal('1.5'),
    $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
    fallbackText: z.string().min(1),
    body: z.array(element).min(1),
  })
  .strict();
