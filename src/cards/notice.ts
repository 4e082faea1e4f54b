import type { BandStyle } from '#cards/card-heading';
import { escapeMarkdown } from '#cards/escape-markdown';
import { expandTemplate } from '#cards/expand-template';
import { plainText } from '#cards/plain-text';
import type { Card } from '#engine/ports/chat';
import template from '../../cards/notice.json' with { type: 'json' };

export type NoticeTone = 'good' | 'attention' | 'accent' | 'default';

export interface NoticeView {
  readonly style: BandStyle;
  readonly title: string;
  readonly lines: readonly string[];
  readonly fallbackText: string;
  readonly summary: string;
}

const styles: Readonly<Record<NoticeTone, BandStyle>> = {
  good: 'good',
  attention: 'attention',
  accent: 'accent',
  default: 'emphasis',
};

/** A short plain answer: a refusal, a click that came too late, something that went wrong. Title and lines are plain text. */
export function noticeView(notice: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly tone: NoticeTone;
}): NoticeView {
  const title = plainText(notice.title, 200);
  return {
    style: styles[notice.tone],
    title: escapeMarkdown(notice.title, 200),
    lines: notice.lines.filter((line) => line.trim() !== '').map((line) => escapeMarkdown(line, 600)),
    fallbackText: [title, ...notice.lines.map((line) => plainText(line, 600))].join(' '),
    summary: title,
  };
}

export function noticeSummary(view: NoticeView): string {
  return view.summary;
}

export function noticeCard(view: NoticeView): Card {
  return expandTemplate('notice', template, view);
}
