import { z } from 'zod';
import type { InboundActivity } from '#adapters/teams/inbound-activity';
import { placeOf } from '#adapters/teams/place';
import type { InboundAction } from '#engine/ports/chat';

const fields = z.record(z.unknown());

const executeValue = z.object({
  action: z.object({ verb: z.string().min(1), data: fields.nullish() }),
  trigger: z.string().nullish(),
});

const submitValue = z.object({ verb: z.string().min(1) }).passthrough();

/** Control fields of the card; everything beside them is an input, so that an input's id can never overwrite them. */
const controlKey = 'latchkey';
const notInputs: readonly string[] = [controlKey, 'verb', 'msteams'];

/** An Action.Execute click; undefined when the body is none. */
export function readExecute(activity: InboundActivity, tenantId: string, userId: string): InboundAction | undefined {
  const read = executeValue.safeParse(activity.value);
  if (!read.success) return undefined;
  const trigger = read.data.trigger === 'automatic' ? 'automatic' : 'manual';
  return actionOf(activity, {
    tenantId,
    userId,
    verb: read.data.action.verb,
    data: read.data.action.data ?? {},
    trigger,
  });
}

/** What clients without Action.Execute send instead: a message without text whose value names the verb. */
export function readSubmit(activity: InboundActivity, tenantId: string, userId: string): InboundAction | undefined {
  if (activity.text !== undefined && activity.text.trim() !== '') return undefined;
  const read = submitValue.safeParse(activity.value);
  if (!read.success) return undefined;
  return actionOf(activity, { tenantId, userId, verb: read.data.verb, data: read.data, trigger: 'manual' });
}

interface Click {
  readonly tenantId: string;
  readonly userId: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly trigger: 'manual' | 'automatic';
}

function actionOf(activity: InboundActivity, click: Click): InboundAction {
  const control = fields.safeParse(click.data[controlKey]);
  return {
    kind: 'action',
    tenantId: click.tenantId,
    from: { userId: click.userId, ...(activity.from.name === undefined ? {} : { name: activity.from.name }) },
    place: placeOf(activity),
    verb: click.verb,
    data: texts(control.success ? control.data : {}, []),
    inputs: texts(click.data, notInputs),
    trigger: click.trigger,
    ...(activity.replyToId === undefined ? {} : { messageId: activity.replyToId }),
    ...(activity.locale === undefined ? {} : { locale: activity.locale }),
  };
}

/** Clients send strings, but numbers and booleans have been seen; anything deeper is nobody's input. */
function texts(source: Readonly<Record<string, unknown>>, without: readonly string[]): Record<string, string> {
  const found: Record<string, string> = Object.create(null);
  for (const [key, value] of Object.entries(source)) {
    if (without.includes(key)) continue;
    if (typeof value === 'string') found[key] = value;
    else if (typeof value === 'number' || typeof value === 'boolean') found[key] = String(value);
  }
  return found;
}
