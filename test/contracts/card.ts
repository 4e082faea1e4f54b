import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import { expect } from 'chai';
import { largestCardBytes } from '#cards/expand-template';
import type { Json } from '#domain/json';
import type { Card } from '#engine/ports/chat';
import type { SampleCard } from '../cards/samples/sample-card.js';
import { cardShape } from './card-shape.js';

const verbs = [
  'keep',
  'sign-policy',
  'reject-policy',
  'approve-digest',
  'reject-digest',
  'submit-leaver',
  'cancel-draft',
  'pick-person',
  'approve',
  'reject',
  'retry',
  'waive',
  'reassign',
  'done-by-hand',
  'show-case',
  'evidence',
  'confirm',
  'never-mind',
  'ask',
  'answer',
  'change-hand-over',
  'reschedule',
  'cancel-case',
];

/** The published schema, where a checkout keeps it beside the project. */
const schemaFile = new URL('../../../shared/contract/adaptive-card-1.5.schema.json', import.meta.url);
const draft06 = new URL('../../node_modules/ajv/dist/refs/json-schema-draft-06.json', import.meta.url);
const golden = new URL('../cards/golden/', import.meta.url);

/** What is used of the `adaptivecards` package, whose own declarations lead the compiler into its sources. */
interface Renderer {
  readonly SerializationContext: new () => {
    readonly eventCount: number;
    getEventAt(index: number): { readonly message: string };
  };
  readonly AdaptiveCard: new () => { parse(card: object, context: object): void };
}

/** The bundle: the package's modules name each other without extensions, which Node does not resolve. */
const renderer: Renderer = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.min.js');

type Node = Readonly<Record<string, Json | undefined>>;

function isNode(value: Json | undefined): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every object of a card, the card itself included. */
function nodesOf(value: Json | undefined): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (!isNode(value)) return [];
  return [value, ...Object.values(value).flatMap(nodesOf)];
}

export const ofType = (card: Card, type: string): readonly Node[] =>
  nodesOf(card).filter((node) => node['type'] === type);

export const textsOf = (card: Card): readonly string[] => ofType(card, 'TextBlock').map((node) => String(node['text']));

function readJson(file: URL): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function publishedSchema(): ValidateFunction | undefined {
  if (!existsSync(schemaFile)) return undefined;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const meta = readJson(draft06);
  const schema = readJson(schemaFile);
  if (typeof meta !== 'object' || meta === null || typeof schema !== 'object' || schema === null)
    throw new Error('a schema file holds no object');
  ajv.addMetaSchema(meta);
  const { id: _draft04Id, ...rest } = { id: undefined, ...schema };
  return ajv.compile(rest);
}

/** What Teams' own renderer finds wrong when it reads the card. */
function parserEvents(card: Card): readonly string[] {
  const context = new renderer.SerializationContext();
  new renderer.AdaptiveCard().parse(structuredClone(card), context);
  return Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
}

/** Holds every sample of every card to what a card must be, and to its golden copy (UPDATE_GOLDEN=1 rewrites those). */
export function cardContract(samples: readonly SampleCard[]): void {
  const validate = publishedSchema();
  for (const sample of samples) {
    const { content, name } = sample;
    describe(`[contract] card ${name}`, () => {
      it('has the shape of schema 1.5, with no property that nobody knows', () => {
        const parsed = cardShape.safeParse(content);
        expect(
          parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('/')}: ${issue.message}`),
        ).to.deep.equal([]);
      });

      it('is read by the renderer without a complaint', () => {
        expect(parserEvents(content)).to.deep.equal([]);
      });

      if (validate)
        it('is valid against the published schema', () => {
          validate(content);
          expect((validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)).to.deep.equal([]);
        });

      it('is small, filled in everywhere, and says in plain text what to type instead', () => {
        const json = JSON.stringify(content);
        expect(Buffer.byteLength(json)).to.be.lessThan(largestCardBytes);
        expect(json).not.to.include('${');
        expect(json).not.to.match(/undefined|\[object |NaN/);
      });

      it('carries ids only, under a verb that the bot knows, for new and old clients alike', () =>
        holdActions(content));

      it('asks for what it needs in words', () => {
        for (const input of nodesOf(content).filter(
          (node) => String(node['type']).startsWith('Input.') && node['isRequired'] === true,
        ))
          expect(input['errorMessage']).to.be.a('string');
        const ids = nodesOf(content).flatMap((node) =>
          String(node['type']).startsWith('Input.') && node['id'] !== 'note' ? [node['id']] : [],
        );
        expect(new Set(ids).size).to.equal(ids.length);
      });

      it('lets no name become a link, a mention or a heading', () => {
        for (const text of textsOf(content)) {
          expect(text).not.to.match(/(?<!\\)\[[^\]]*\]\(/);
          expect(text).not.to.match(/(?<!\\)<\w/);
          expect(text).not.to.match(/^\s*(#|- |\d+\. )/);
          expect(text).not.to.match(/[\u202A-\u202E]/);
        }
      });

      it('speaks plainly', () => {
        const words = textsOf(content).join('\n');
        expect(words).not.to.match(/successfully|\bUTC\b/i);
        if (!name.includes('hostile')) expect(words).not.to.include('!');
      });

      it('has a notification that says what it is about, and names nobody where others read along', () => {
        expect(sample.summary.trim()).not.to.equal('');
        expect(sample.summary).not.to.match(/[\n\r]/);
        if (!sample.named) expect(sample.summary).not.to.match(/Alex|Morgan/);
      });

      it('looks as it did', () => holdGolden(sample));
    });
  }
}

function holdActions(content: Card): void {
  for (const action of ofType(content, 'Action.Execute')) {
    expect(verbs).to.include(action['verb']);
    const data = action['data'];
    const fallback = action['fallback'];
    if (!isNode(data) || !isNode(data['latchkey']))
      throw new Error(`${String(action['verb'])} carries no latchkey data`);
    for (const value of Object.values(data['latchkey'])) expect(value).to.be.a('string');
    if (fallback === undefined)
      expect(action['verb'], 'only a row that is clicked has no fallback').to.equal('show-case');
    else expect(fallback).to.deep.include({ type: 'Action.Submit', data: { ...data, verb: action['verb'] } });
  }
}

function holdGolden({ name, content }: SampleCard): void {
  const file = new URL(`${name}.json`, golden);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(golden, { recursive: true });
    writeFileSync(file, `${JSON.stringify(content, null, 1)}\n`);
  }
  expect(existsSync(file), `no golden copy ${fileURLToPath(file)}; UPDATE_GOLDEN=1 writes it`).to.equal(true);
  expect(readJson(file)).to.deep.equal(JSON.parse(JSON.stringify(content)));
}
