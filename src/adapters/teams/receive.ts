import type { Application, TurnState } from '@microsoft/teams-ai';
import type { CloudAdapter, TurnContext } from 'botbuilder';
import { INVOKE_RESPONSE_KEY } from 'botbuilder';
import { z } from 'zod';
import type { AddressBook } from '#adapters/teams/address-book';
import type { AuthenticateOptions, Authentication } from '#adapters/teams/authenticate';
import { authenticate } from '#adapters/teams/authenticate';
import type { GateRule } from '#adapters/teams/gates';
import { passGates } from '#adapters/teams/gates';
import type { InboundActivity } from '#adapters/teams/inbound-activity';
import { inboundActivity } from '#adapters/teams/inbound-activity';
import { brokenSentence, errorAnswer } from '#adapters/teams/invoke-answer';
import type { TeamsLog } from '#adapters/teams/log';
import { cardActionInvoke } from '#adapters/teams/place';

/** What is read of the HTTP request; restify's fits. */
export interface BotRequest {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Parsed JSON. */
  readonly body?: unknown;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body?: unknown;
}

export interface ReceiveOptions {
  readonly adapter: CloudAdapter;
  readonly token: AuthenticateOptions;
  readonly rule: GateRule;
  readonly book: AddressBook;
  readonly turns: Application<TurnState>;
  readonly log: TeamsLog;
}

/** One POST /api/messages: the token, then the gates, then the address it gives, then the turn. Throws never. */
export async function receive(request: BotRequest, options: ReceiveOptions): Promise<HttpAnswer> {
  if (request.method !== 'POST') return problem(405, 'MethodNotAllowed', 'only POST is answered here');
  const body = z.record(z.unknown()).safeParse(request.body);
  if (!body.success) return problem(400, 'BadRequest', 'an activity as a JSON object is expected');
  const header = request.headers['authorization'];
  const checked = await authenticate(body.data, typeof header === 'string' ? header : undefined, options.token);
  if (!checked.ok) {
    options.log.warn({ err: checked.cause }, 'an activity was refused: its token does not prove the channel');
    return problem(checked.status, checked.status === 401 ? 'Unauthorized' : 'ServiceUnavailable', 'not let in');
  }
  const read = inboundActivity.safeParse(body.data);
  if (!read.success) return problem(400, 'BadRequest', firstIssue(read.error));
  const gate = passGates(read.data, options.rule);
  if (!gate.ok) {
    options.log.warn({ code: gate.code, type: read.data.type }, 'an activity was refused at the gates');
    return refusal(read.data, 403, gate.code, gate.message);
  }
  try {
    await options.book.refresh(read.data, gate.userId);
    return await runTurn(checked.authentication, body.data, read.data, options);
  } catch (error) {
    options.log.error({ err: error, type: read.data.type }, 'an activity could not be handled');
    return refusal(read.data, 500, 'not-finished', brokenSentence);
  }
}

async function runTurn(
  authentication: Authentication,
  body: Record<string, unknown>,
  activity: InboundActivity,
  { adapter, turns }: ReceiveOptions,
): Promise<HttpAnswer> {
  let answer: HttpAnswer | undefined;
  let failure: { readonly error: unknown } | undefined;
  await adapter.processActivityDirect(
    authentication,
    body as typeof body & TurnContext['activity'],
    async (context) => {
      try {
        await turns.run(context);
        answer = context.turnState.get<{ readonly value: HttpAnswer } | undefined>(INVOKE_RESPONSE_KEY)?.value;
      } catch (error) {
        // The SDK would keep only the text of it.
        failure = { error };
      }
    },
  );
  if (failure) throw failure.error;
  return answer ?? { status: activity.type === 'invoke' ? 501 : 200 };
}

/** A refused click is answered like any click, or the person sees nothing at all. */
function refusal(activity: InboundActivity, status: 403 | 500, code: string, message: string): HttpAnswer {
  const isClick = activity.type === 'invoke' && activity.name === cardActionInvoke;
  return isClick ? { status: 200, body: errorAnswer(status, code, message) } : problem(status, code, message);
}

function problem(status: number, code: string, message: string): HttpAnswer {
  return { status, body: { code, message } };
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue ? `${issue.path.join('.')}: ${issue.message}` : 'not an activity';
}
