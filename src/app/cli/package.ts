import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Config } from '#app/config';
import { OperatorError } from '#app/operator-error';

/** The same content gives the same bytes, so that two packages can be compared. */
const packedAt = new Date(Date.UTC(2026, 0, 1));

const icons = ['color.png', 'outline.png'] as const;

/**
 * Fills the manifest from the settings and zips it with its icons for upload to Teams. Throws `OperatorError` that names each
 * setting that is missing; a package with an unfilled placeholder is never written.
 */
export async function runPackage(config: Config, folder: string, print: (line: string) => void): Promise<number> {
  const manifest = fillManifest(await readFile(join(folder, 'manifest.json'), 'utf8'), config.appPackage);
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(manifest), 'manifest.json', { mtime: packedAt });
  for (const icon of icons) zip.addBuffer(await readFile(join(folder, icon)), icon, { mtime: packedAt });
  zip.end();
  const path = join(folder, 'build', `latchkey.${config.mode}.zip`);
  await mkdir(dirname(path), { recursive: true });
  await pipeline(zip.outputStream, createWriteStream(path));
  print(`${path} is written. Teams admin center > Manage apps > Upload new app takes it.`);
  return 0;
}

/** Puts settings in for `${{NAME}}`, as JSON text. */
export function fillManifest(template: string, values: Config['appPackage']): string {
  const known: Readonly<Record<string, string | undefined>> = {
    TEAMS_APP_ID: values.teamsAppId,
    BOT_ID: values.botId,
    DEVELOPER_NAME: values.developerName,
    WEBSITE_URL: values.websiteUrl,
    PRIVACY_URL: values.privacyUrl,
    TERMS_OF_USE_URL: values.termsOfUseUrl,
  };
  const unfilled = new Set<string>();
  const filled = template.replaceAll(/\$\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => {
    const value = known[name];
    if (value === undefined) unfilled.add(name);
    return value === undefined ? whole : JSON.stringify(value).slice(1, -1);
  });
  if (unfilled.size > 0)
    throw new OperatorError(
      `The app package needs ${[...unfilled].join(', ')}: set ${unfilled.size === 1 ? 'it' : 'them'} in env/.env.<mode> or in the environment; env/.env.example says what each is.`,
    );
  return filled;
}
