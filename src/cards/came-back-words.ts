import type { CardContext } from '#cards/card-context';
import { nameIn } from '#cards/decision-words';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import type { SiteTime } from '#cards/site-time';
import { allThatCameBack } from '#domain/came-back';
import type { CaseState } from '#domain/case-state';
import type { CaseException } from '#domain/exception';
import type { Instant } from '#domain/instant';

const mostLines = 4;

/** When the latest of what came back since closure, and is still open, was found. */
export function cameBackAt(state: CaseState): Instant | undefined {
  return open(state)
    .map(({ openedAt }) => openedAt)
    .sort()
    .at(-1);
}

/**
 * What came back after closure: open first, then what was closed again, with when and by whom. `briefly`: only that there was
 * something, for those who do not see the whole case. Markdown.
 */
export function cameBackLines(
  state: CaseState,
  context: CardContext,
  time: SiteTime,
  briefly: boolean,
): readonly string[] {
  const all = allThatCameBack(state);
  if (all.length === 0) return [];
  const still = open(state);
  if (briefly)
    return [
      still.length > 0
        ? `**Something came back ${time.short(still[0]?.openedAt ?? '')}.** IT has it.`
        : 'Something came back after closure and was put right.',
    ];
  const over = all.filter(({ resolution }) => resolution !== undefined).reverse();
  const lines = [
    ...still.map((exception) => `**Came back:** ${what(state, exception)} · found ${time.short(exception.openedAt)}`),
    ...over.map((exception) => overLine(state, exception, context, time)),
  ];
  const more = lines.length - mostLines;
  return more > 0 ? [...lines.slice(0, mostLines), `and ${more} more; the evidence has all`] : lines;
}

function open(state: CaseState): readonly CaseException[] {
  return allThatCameBack(state).filter(({ resolution }) => resolution === undefined);
}

function overLine(state: CaseState, exception: CaseException, context: CardContext, time: SiteTime): string {
  const { resolution, openedAt } = exception;
  if (!resolution) return '';
  const by = resolution.by === 'clock' ? '' : markdown` by ${nameIn(state.record, resolution.by, context)}`;
  const until = resolution.until ? ` until ${time.short(resolution.until)}` : '';
  const how = resolution.as === 'waived' ? `accepted${by}${until}` : `put right${by}`;
  return `Came back ${time.short(openedAt)}: ${what(state, exception)} · ${how} ${time.short(resolution.at)}`;
}

/** The card says already whom it is about. */
function what({ record }: CaseState, { title }: CaseException): string {
  const name = `${record.person.displayName}: `;
  return escapeMarkdown(title.startsWith(name) ? title.slice(name.length) : title, 140);
}
