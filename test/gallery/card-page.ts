import type { TeamsLook } from './teams-look.js';

/** The page that a card is drawn on; `window.drawCard` is its one entry. */
export function cardPage(look: TeamsLook, width: number): string {
  return `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 16px; background: ${look.page}; color: ${look.text}; font: 14px 'Segoe UI', 'Liberation Sans', sans-serif; }
#card { width: ${width}px; background: ${look.card}; border-radius: 6px; box-shadow: 0 1px 3px rgba(0, 0, 0, .3); overflow: hidden; }
.ac-pushButton { background: ${look.button}; color: ${look.text}; border: 1px solid ${look.border}; border-radius: 4px; padding: 6px 12px; font: 600 14px 'Segoe UI', 'Liberation Sans', sans-serif; }
.ac-pushButton.style-positive { background: #5B5FC7; color: #FFF; border-color: #5B5FC7; }
.ac-input { border: 1px solid ${look.border}; border-radius: 4px; padding: 6px 8px; background: ${look.card}; color: inherit; font: inherit; box-sizing: border-box; }
.ac-textBlock p { margin: 0; } a { color: #7B83EB; }
</style><div id="card"></div>`;
}

/** Runs in the browser. Draws the card, opens what is behind toggles when asked to, and returns what the parser found wrong. */
export const drawScript = `
window.drawCard = (card, hostConfig, open) => {
  const AC = window.AdaptiveCards;
  const escapeHtml = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
    const kept = [];
    const held = text.replace(/\\\\([\\\\\`*_{}\\[\\]()<>~|&#+.!$-])/g, (_, character) => '\\u0001' + (kept.push(escapeHtml(character)) - 1) + '\\u0002');
    const html = escapeHtml(held)
      .replace(/\\*\\*(.+?)\\*\\*/g, '<b>$1</b>')
      .replace(/(^|\\W)[*_](.+?)[*_](?=\\W|$)/g, '$1<i>$2</i>')
      .replace(/\\[(.+?)\\]\\((\\S+?)\\)/g, '<a href="$2">$1</a>')
      .replace(/\\n\\n/g, '<br>');
    result.outputHtml = html.replace(/\\u0001(\\d+)\\u0002/g, (_, index) => kept[Number(index)]);
    result.didProcess = true;
  };
  const adaptive = new AC.AdaptiveCard();
  adaptive.hostConfig = new AC.HostConfig(hostConfig);
  const context = new AC.SerializationContext();
  const show = (node) => {
    if (Array.isArray(node)) node.forEach(show);
    else if (node && typeof node === 'object') { if (node.isVisible === false) node.isVisible = true; Object.values(node).forEach(show); }
  };
  if (open) show(card);
  adaptive.parse(card, context);
  document.getElementById('card').replaceChildren(adaptive.render());
  const form = [...document.querySelectorAll('.ac-pushButton')].find((button) => ['Reject', 'Done by hand'].includes(button.textContent));
  if (open && form) form.click();
  return [...Array(context.eventCount).keys()].map((index) => context.getEventAt(index).message);
};`;
