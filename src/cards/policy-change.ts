import { type ButtonData, buttonData } from '#cards/card-data';
import type { Band, TextColour } from '#cards/card-heading';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import { expandTemplate } from '#cards/expand-template';
import { shortHash } from '#cards/hash-words';
import { type PolicyChange, policyStandingWords } from '#cards/policy-standing';
import { differenceWords } from '#cards/policy-words';
import { isReadable } from '#domain/readable-difference';
import type { Card } from '#engine/ports/chat';
import template from '../../cards/policy-change.json' with { type: 'json' };

export interface PolicyChangeView {
  readonly title: string;
  readonly state: string;
  readonly stateColour: TextColour;
  readonly band: Band;
  readonly rows: readonly { readonly path: string; readonly about: readonly string[]; readonly text: string }[];
  readonly footer: string;
  readonly deciding: readonly { readonly sign: ButtonData; readonly reject: ButtonData }[];
  readonly fallbackText: string;
  readonly summary: string;
}

export function policyChangeView(change: PolicyChange): PolicyChangeView {
  const { version, standing, said, nameOf } = change;
  const words = policyStandingWords(change);
  const shows = !['elsewhere', 'in-force', 'unusable', 'mended', 'upgraded'].includes(standing.kind);
  const mayDecide = standing.kind === 'waiting' && standing.may === 'sign';
  const { differences = [] } = version;
  const lines = [...(said === undefined ? [] : [markdown`**${said}**`]), ...words.lines];
  return {
    title: words.title,
    state: words.state,
    stateColour: words.colour ?? 'Default',
    band: { style: words.style, lines },
    rows:
      shows && isReadable(differences)
        ? differences.map((difference) => ({
            path: escapeMarkdown(difference.path, 200),
            about: difference.about === undefined ? [] : [escapeMarkdown(difference.about, 200)],
            text: differenceWords(difference, nameOf),
          }))
        : [],
    footer: markdown`Rules ${shortHash(version.hash)} · seen ${change.long(version.seenAt)}`,
    deciding: mayDecide
      ? [
          {
            sign: buttonData('sign-policy', { policyHash: version.hash }),
            reject: buttonData('reject-policy', { policyHash: version.hash }),
          },
        ]
      : [],
    fallbackText: `${words.title.replaceAll('\\', '')}. ${words.type ?? "Type 'policy' to see which rules are in force."}`,
    summary: words.title.replaceAll('\\', ''),
  };
}

/** Says what it is about and names nobody. */
export function policyChangeSummary(view: PolicyChangeView): string {
  return view.summary;
}

/** Buttons: `Approve` (verb sign-policy), `Reject` (verb reject-policy, with a reason). */
export function policyChangeCard(view: PolicyChangeView): Card {
  return expandTemplate('policy-change', template, view);
}
