import pLimit, { type LimitFunction } from 'p-limit';
import { z } from 'zod';
import { failureOf, unexpectedAnswer } from '#adapters/graph/classify';
import { createGatheredReads } from '#adapters/graph/gather-reads';
import type { GraphSettings } from '#adapters/graph/graph-settings';
import { nextPage } from '#adapters/graph/next-page';
import { checkedOrigin } from '#adapters/graph/origin';
import { createPatience } from '#adapters/graph/patience';
import { createWire } from '#adapters/graph/wire';
import type { Answer, WireCall } from '#adapters/graph/wire-call';
import { Failure } from '#domain/failure';
import type { Json } from '#domain/json';
import type { Graph, GraphOptions, Shape } from '#engine/ports/graph';

const defaultWidth = 8;
/** Outlook takes four requests at a time from one application. */
const outlookWidth = 4;
const outlook =
  /^\/users\/[^/]+\/(mailboxSettings|mailFolders|messages|sendMail|events|calendar|calendars|calendarView|contacts)\b/i;
/** Actions by their verb, questions by what they do: losing the answer loses nothing. */
const question = /\/(checkMemberGroups|checkMemberObjects|getMemberGroups|getMemberObjects)$/i;

const pageShape = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() });

/** Microsoft Graph over HTTP. Throws at once when the settings would send a token where it can be read. */
export function createGraph(settings: GraphSettings): Graph {
  const { clock, random } = settings;
  const origin = checkedOrigin('GRAPH_BASE_URL', settings.baseUrl, settings.sandbox);
  const patience = createPatience({
    clock,
    random,
    shortWaitMs: settings.shortWaitMs ?? 2000,
    retries: settings.retries ?? 3,
  });
  const wire = createWire(settings, origin, patience);
  const { read, write } = lanes(settings, (limit) =>
    settings.gather === false
      ? (call) => limit(() => wire(call))
      : createGatheredReads({ wire, limit, patience, clock, random }),
  );
  const mailbox = pLimit(outlookWidth);

  async function good(call: WireCall, answer: Promise<Answer>): Promise<Answer> {
    const { status } = await answer;
    if (status < 200 || status > 299) throw failureOf(call, await answer, clock.machineNow());
    return answer;
  }
  const reading = (call: WireCall): Promise<Answer> => good(call, read(call));
  const writing = (call: WireCall): Promise<Answer> =>
    good(call, outlook.test(call.path) ? mailbox(() => write(() => wire(call))) : write(() => wire(call)));

  return {
    async get(path, shape, options) {
      const call = callOf('GET', path, options);
      return parsed(call, await reading(call), shape);
    },
    list: (path, shape, options) => allPages(callOf('GET', path, options), shape, reading),
    async post(path, body, shape, options) {
      const call = callOf('POST', path, options, body);
      return parsed(call, await writing(call), shape);
    },
    async patch(path, body, options) {
      await writing(callOf('PATCH', path, options, body));
    },
    async put(path, body, options) {
      await writing(callOf('PUT', path, options, body));
    },
    async delete(path, options) {
      await writing(callOf('DELETE', path, options));
    },
  };
}

interface Lanes {
  readonly read: (call: WireCall) => Promise<Answer>;
  readonly write: LimitFunction;
}

/** Gathering: reads and writes side by side, each up to the width. Without: one lane for both, by default one request wide. */
function lanes(settings: GraphSettings, reader: (limit: LimitFunction) => Lanes['read']): Lanes {
  if (settings.gather === false) {
    const shared = pLimit(settings.width ?? 1);
    return { read: reader(shared), write: shared };
  }
  return { read: reader(pLimit(settings.width ?? defaultWidth)), write: pLimit(settings.width ?? defaultWidth) };
}

function callOf(method: WireCall['method'], path: string, options: GraphOptions | undefined, body?: Json): WireCall {
  return {
    method,
    path,
    version: options?.beta ? 'beta' : 'v1.0',
    kind: method === 'GET' || (method === 'POST' && question.test(path)) ? 'read' : 'write',
    ...(options?.clientRequestId ? { clientRequestId: options.clientRequestId } : {}),
    ...(options?.eventual ? { headers: { ConsistencyLevel: 'eventual' } } : {}),
    ...(body === undefined ? {} : { body }),
  };
}

async function allPages<T>(
  first: WireCall,
  shape: Shape<T>,
  reading: (call: WireCall) => Promise<Answer>,
): Promise<readonly T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  for (let call: WireCall | undefined = first; call; ) {
    seen.add(call.path);
    const answer = await reading(call);
    const page: z.infer<typeof pageShape> = parsed(call, answer, pageShape);
    for (const item of page.value) items.push(parsed(call, answer, shape, item));
    const link: string | undefined = page['@odata.nextLink'];
    call = link === undefined ? undefined : { ...first, path: nextPage(call, link) };
    if (call && seen.has(call.path))
      throw new Failure(`Microsoft Graph pages in a circle at ${first.path.split('?', 1)[0]}`, {
        kind: 'broken',
        code: 'graph.endless-pages',
      });
  }
  return items;
}

function parsed<T>(call: WireCall, answer: Answer, shape: Shape<T>, value: unknown = answer.body): T {
  try {
    return shape.parse(value);
  } catch (error) {
    throw unexpectedAnswer(call, answer, error);
  }
}
