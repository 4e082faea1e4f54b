import { execFileSync } from 'node:child_process';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

/** One person before the Agents Playground. */
export interface Screen {
  readonly page: Page;
  /** Types into the open chat and sends. */
  says(text: string): Promise<void>;
  /** Starts a post in the open channel that mentions the bot. */
  posts(text: string): Promise<void>;
  /** Opens another conversation by its name in the list. */
  goesTo(conversation: string): Promise<void>;
  /** The newest card that holds all these words, once it is there. */
  sees(...words: readonly string[]): Promise<Locator>;
  /** Clicks a button of the card. */
  clicks(card: Locator, button: string): Promise<void>;
}

const switches = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const patienceMs = 30_000;
/** A card, and not the form that unfolds inside one. */
const cards = '.ac-adaptiveCard:not(.ac-adaptiveCard .ac-adaptiveCard)';

export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();
  return chromium.launch({ executablePath, args: switches });
}

export async function openScreen(browser: Browser, port: number): Promise<Screen> {
  // Wide enough for the list of conversations to stand beside the cards instead of sliding over them.
  const page = await browser.newPage({ viewport: { width: 1600, height: 1300 }, deviceScaleFactor: 1.5 });
  page.setDefaultTimeout(patienceMs);
  await page.goto(`http://localhost:${port}`);
  await page.getByRole('textbox').first().waitFor();
  await page.getByTitle('Hide log panel').click();
  return {
    page,
    says: (text) => says(page, text),
    posts: (text) => posts(page, text),
    goesTo: (conversation) => page.getByRole('treeitem', { name: conversation }).click(),
    sees: (...words) => sees(page, words),
    clicks: (card, button) => card.getByRole('button', { name: button, exact: true }).first().click(),
  };
}

async function says(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').last().click();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

async function posts(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').first().click();
  await page.keyboard.type('@Latch');
  await page.getByRole('menuitem', { name: 'Latchkey' }).click();
  await page.keyboard.type(` ${text}`);
  await page.getByRole('button', { name: 'Post', exact: true }).click();
}

async function sees(page: Page, words: readonly string[]): Promise<Locator> {
  const card = words.reduce((found, hasText) => found.filter({ hasText }), page.locator(cards)).last();
  try {
    await card.waitFor();
    return card;
  } catch (cause) {
    const there = (await page.locator(cards).allInnerTexts()).join('\n---\n');
    throw new Error(`no card with ${words.join(' and ')}; there is:\n${there}`, { cause });
  }
}

/** What can be read on a card; what is folded away is not in it. */
export async function wordsOf(card: Locator): Promise<string> {
  const [text] = await card.allInnerTexts();
  if (text === undefined) throw new Error('the card is not there any more');
  return text;
}
