import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { allSamples } from '../cards/samples/all-samples.js';
import type { SampleCard } from '../cards/samples/sample-card.js';
import { cardPage, drawScript } from './card-page.js';
import { looks, type TeamsLook } from './teams-look.js';

/** Desktop and phone, in CSS pixels. */
const widths = [520, 340];
const folder = fileURLToPath(new URL('../../gallery/', import.meta.url));
const arguments_ = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function chromiumPath(): string {
  try {
    return process.env['CHROMIUM'] ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();
  } catch (cause) {
    throw new Error(
      'The gallery needs Chromium: apt-get install --no-install-recommends chromium fonts-liberation, or set CHROMIUM to its path.',
      { cause },
    );
  }
}

async function draw(
  page: Page,
  sample: SampleCard,
  look: TeamsLook,
  open: boolean,
  file: string,
): Promise<readonly string[]> {
  const input = [sample.content, look.hostConfig, open].map((value) => JSON.stringify(value)).join(', ');
  const problems = await page.evaluate<readonly string[]>(`window.drawCard(${input})`);
  await page.locator('#card').screenshot({ path: join(folder, file) });
  return problems;
}

function indexPage(rows: readonly string[]): string {
  return `<!doctype html><meta charset="utf-8"><title>Latchkey's cards</title><style>body{font:14px sans-serif;margin:24px}img{vertical-align:top;margin:4px;max-width:48%}</style><h1>Latchkey's cards</h1>${rows.join('\n')}`;
}

/** `npm run cards [-- <part of a name>]`: draws every sample into `gallery/`, light and dark, desktop and phone. */
async function renderGallery(wanted: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const samples = allSamples.filter((sample) => sample.name.includes(wanted));
  const script = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: arguments_ });
  const pictures = new Map<string, string[]>(samples.map((sample) => [sample.name, []]));
  let problems = 0;
  try {
    for (const look of looks)
      for (const width of widths) {
        const page = await browser.newPage({ viewport: { width: width + 32, height: 600 }, deviceScaleFactor: 1 });
        await page.setContent(cardPage(look, width));
        await page.addScriptTag({ path: script });
        await page.addScriptTag({ content: drawScript });
        for (const sample of samples) {
          const open = width === 340;
          const file = `${sample.name}-${look.name}-${width}.png`;
          for (const problem of await draw(page, sample, look, open, file)) {
            problems += 1;
            console.error(`${sample.name}: ${problem}`);
          }
          pictures.get(sample.name)?.push(file);
        }
        await page.close();
      }
  } finally {
    await browser.close();
  }
  const rows = samples.map(
    (sample) =>
      `<h2>${sample.name}</h2><p>${sample.summary.replaceAll('<', '&lt;')}</p>${(pictures.get(sample.name) ?? []).map((file) => `<img src="${file}" alt="${sample.name}">`).join('')}`,
  );
  writeFileSync(join(folder, 'index.html'), indexPage(rows));
  console.log(`${samples.length} cards drawn into gallery/index.html`);
  if (problems > 0) process.exitCode = 1;
}

await renderGallery(process.argv[2] ?? '');
