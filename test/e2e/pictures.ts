import { mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';

/** Small enough to lie in the repository. */
const mostBytes = 200_000;
const kept = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
/** The pictures of the docs are replaced only when asked for: UPDATE_SCREENSHOTS=1. */
const replace = process.env['UPDATE_SCREENSHOTS'] === '1';
const folder = replace ? kept : mkdtempSync(join(tmpdir(), 'latchkey-screenshots-'));

/** A picture of one card, as sharp as the screen is. */
export async function takeCard(card: Locator, name: string): Promise<void> {
  await card.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const file = fileFor(name);
  await card.screenshot({ path: file, animations: 'disabled' });
  checkSize(file);
}

/** A picture of all that somebody sees. */
export async function takePage(page: Page, name: string): Promise<void> {
  const file = fileFor(name);
  await page.screenshot({ path: file, animations: 'disabled', scale: 'css' });
  checkSize(file);
}

function fileFor(name: string): string {
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}

function checkSize(file: string): void {
  const { size } = statSync(file);
  if (replace && size > mostBytes) throw new Error(`${file} has ${size} bytes; ${mostBytes} is the most`);
}
