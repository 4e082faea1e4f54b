import type { BandStyle, TextColour } from '#cards/card-heading';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import { plural } from '#cards/plural';
import type { DirectoryName } from '#cards/policy-words';
import type { PolicyVersion } from '#domain/house';
import type { Instant } from '#domain/instant';

/** Where a set of rules stands. `waiting`: for a signature; `elsewhere`: what is told where others read along, where nobody is named. */
export type PolicyStanding =
  | { readonly kind: 'waiting'; readonly may: 'sign' | 'read' | 'too-new' | 'too-much'; readonly from?: Instant }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'signed'; readonly by?: string }
  | { readonly kind: 'rejected'; readonly by?: string }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'in-force'; readonly by?: string }
  | { readonly kind: 'unusable' }
  | { readonly kind: 'mended' }
  | { readonly kind: 'upgraded' };

export interface PolicyChange {
  readonly version: Pick<
    PolicyVersion,
    'hash' | 'seenAt' | 'differences' | 'signedAt' | 'rejected' | 'withdrawnAt' | 'problem'
  >;
  readonly standing: PolicyStanding;
  /** `Fri 20 Nov 2026 at 17:00 (London)` */
  readonly long: (instant: Instant) => string;
  readonly nameOf: DirectoryName;
  /** Said first: what a click or command came to. */
  readonly said?: string;
}

export interface PolicyStandingWords {
  readonly title: string;
  readonly state: string;
  readonly colour?: TextColour;
  readonly style: BandStyle;
  /** Markdown. */
  readonly lines: readonly string[];
  readonly type?: string;
}

const stays = 'Until somebody signs, the rules stay as they were.';

/** What a card about rules says above the difference itself. */
export function policyStandingWords(change: PolicyChange): PolicyStandingWords {
  const { version, standing, long } = change;
  const at = long(version.rejected?.at ?? version.seenAt);
  const count = plural(version.differences?.length ?? 0, 'value');
  switch (standing.kind) {
    case 'waiting':
      return waitingWords(change, standing, count);
    case 'elsewhere':
      return {
        title: 'The rules have changed: they wait to be signed',
        state: 'Waiting',
        style: 'emphasis',
        lines: [
          markdown`The policy file differs in ${count}. ${stays}`,
          'Approvers and IT leadership have been asked, each in their own chat.',
        ],
      };
    case 'signed':
      return {
        title: 'The changed rules are in force',
        state: 'Signed',
        style: 'good',
        lines: [markdown`${standing.by ?? 'One who may'} signed them, ${long(version.signedAt ?? version.seenAt)}.`],
      };
    case 'rejected':
      return {
        title: 'The changed rules were rejected',
        state: 'Rejected',
        style: 'attention',
        lines: [
          standing.by === undefined
            ? markdown`One who may rejected them, ${at}.`
            : markdown`${standing.by} rejected them, ${at}: ${version.rejected?.reason ?? ''}`,
          'The rules stay as they were. Change the policy file to propose something else.',
        ],
      };
    case 'withdrawn':
      return {
        title: 'The changed rules were taken back',
        state: 'Withdrawn',
        style: 'emphasis',
        lines: [
          markdown`The policy file was changed again, ${long(version.withdrawnAt ?? version.seenAt)}. There is nothing to sign here any more.`,
        ],
      };
    default:
      return fileWords(change, standing);
  }
}

function fileWords({ version, long }: PolicyChange, standing: PolicyStanding): PolicyStandingWords {
  switch (standing.kind) {
    case 'in-force': {
      const by = 'by' in standing ? standing.by : undefined;
      const since = long(version.signedAt ?? version.seenAt);
      return {
        title: 'The rules in force',
        state: 'In force',
        style: 'emphasis',
        lines: [
          by === undefined
            ? markdown`In force since ${since}: they were there when Latchkey first started with them.`
            : markdown`In force since ${since}, signed by ${by}.`,
          'A changed policy file counts only after an approver or IT leadership has signed what differs.',
        ],
      };
    }
    case 'unusable':
      return {
        title: 'The policy file cannot be used',
        state: 'Needs IT',
        colour: 'Attention',
        style: 'attention',
        lines: [
          'The rules in force go on. Mend the file; nothing else has to be done.',
          ...(version.problem ?? '')
            .split('\n')
            .slice(0, 12)
            .map((line) => escapeMarkdown(line, 300)),
        ].filter((line) => line !== ''),
      };
    case 'upgraded':
      return {
        title: 'The rules were taken from the policy file',
        state: 'Please check',
        colour: 'Attention',
        style: 'attention',
        lines: [
          'This version of Latchkey cannot read the rules that were signed before, so it took the policy file as it is, without a signature.',
          'Read the file, and tell an approver.',
        ],
      };
    default:
      return {
        title: 'The policy file can be read again',
        state: 'Mended',
        style: 'good',
        lines: ['Nothing has to be done.'],
      };
  }
}

function waitingWords(
  { long }: PolicyChange,
  standing: PolicyStanding & { kind: 'waiting' },
  count: string,
): PolicyStandingWords {
  const differs = markdown`The policy file differs in ${count} from the rules in force.`;
  const title = 'The rules have changed: sign them';
  switch (standing.may) {
    case 'sign':
      return {
        title,
        state: 'Your decision',
        colour: 'Accent',
        style: 'accent',
        lines: [`${differs} ${stays}`, 'Sign only what you expected. When in doubt, ask who changed the file.'],
        type: "Type 'policy' to see what differs, then 'sign policy' or 'reject policy' and why.",
      };
    case 'too-much':
      return {
        title: 'The rules have changed in too many places to sign',
        state: 'Waiting',
        colour: 'Attention',
        style: 'attention',
        lines: [
          `${differs} That is more than fits on a card, and nobody signs what they cannot read.`,
          'Ask whoever changed the file to do it in smaller steps. On the machine, latchkey policy diff lists all of it.',
        ],
      };
    case 'too-new':
      return {
        title: 'The rules have changed',
        state: 'Waiting',
        style: 'emphasis',
        lines: [
          `${differs} ${stays}`,
          markdown`You joined the group that signs them a short while ago: you can sign from ${long(standing.from ?? '')}.`,
        ],
      };
    case 'read':
      return {
        title: 'The rules have changed',
        state: 'Waiting',
        style: 'emphasis',
        lines: [`${differs} ${stays}`, 'An approver or IT leadership signs them.'],
      };
  }
}
