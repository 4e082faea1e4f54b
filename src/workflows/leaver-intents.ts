import type { StepId } from '#domain/ids';
import type { Json } from '#domain/json';
import type { PersonView } from '#domain/subject';

/** What a leaver's request asks of the steps that can be asked for something. A step without an entry needs none; null asks for nothing. */
export function leaverIntents(asked: {
  readonly delegate?: PersonView;
  readonly autoReply: string;
}): Readonly<Record<StepId, Json>> {
  const { delegate, autoReply } = asked;
  return {
    'mailbox.set-auto-reply': autoReply.trim() === '' ? null : { message: autoReply.trim() },
    'mailbox.grant-delegate': delegate
      ? {
          delegateId: delegate.userId,
          delegateUserPrincipalName: delegate.userPrincipalName,
          delegateName: delegate.displayName,
        }
      : null,
  };
}
