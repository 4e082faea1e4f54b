import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AjvDraft4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { PNG } from 'pngjs';
import { fromBufferPromise } from 'yauzl';
import { fillManifest, runPackage } from '#app/cli/package';
import { loadConfig } from '#app/config';
import { OperatorError } from '#app/operator-error';

const schemaPath = '@microsoft/app-manifest/build/json-schemas/teams/v1.30/MicrosoftTeams.schema.json';
const template = readFileSync('appPackage/manifest.json', 'utf8');
const sandbox = loadConfig({}, { envFolder: 'env' });

async function filesOf(zip: Buffer): Promise<Readonly<Record<string, Buffer>>> {
  const archive = await fromBufferPromise(zip);
  const files: Record<string, Buffer> = {};
  for await (const entry of archive.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk);
    files[entry.fileName] = Buffer.concat(chunks);
  }
  return files;
}

describe('[contract] app package', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-package-'));
    for (const name of ['manifest.json', 'color.png', 'outline.png'])
      cpSync(join('appPackage', name), join(folder, name));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const packed = async () => {
    const said: string[] = [];
    expect(await runPackage(sandbox, folder, (line) => said.push(line))).to.equal(0);
    const path = join(folder, 'build', 'latchkey.sandbox.zip');
    expect(said.join()).to.include(path);
    return readFileSync(path);
  };

  it('makes a zip of manifest and icons, valid against the manifest schema', async () => {
    const files = await filesOf(await packed());
    expect(Object.keys(files).sort()).to.deep.equal(['color.png', 'manifest.json', 'outline.png']);
    const manifest: unknown = JSON.parse(files['manifest.json']?.toString('utf8') ?? '');
    const ajv = new AjvDraft4.default({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const valid = ajv.compile(JSON.parse(readFileSync(createRequire(import.meta.url).resolve(schemaPath), 'utf8')));
    expect(valid(manifest), JSON.stringify(valid.errors, null, 2)).to.equal(true);
    expect(valid({ ...(manifest as object), surprise: 1 })).to.equal(false);
    expect(manifest).to.nested.include({
      id: sandbox.appPackage.teamsAppId,
      'bots[0].botId': sandbox.appPackage.botId,
      'webApplicationInfo.id': sandbox.appPackage.botId,
    });
  });

  it('is the same to the byte when made again', async () => {
    expect((await packed()).equals(await packed())).to.equal(true);
  });

  it('carries a colour icon of 192 and a white one of 32 on nothing', () => {
    const color = PNG.sync.read(readFileSync('appPackage/color.png'));
    expect([color.width, color.height]).to.deep.equal([192, 192]);
    const outline = PNG.sync.read(readFileSync('appPackage/outline.png'));
    expect([outline.width, outline.height]).to.deep.equal([32, 32]);
    const pixels = Array.from({ length: 32 * 32 }, (_, at) => [...outline.data.subarray(at * 4, at * 4 + 4)]);
    expect(pixels.every(([r, g, b]) => r === 255 && g === 255 && b === 255)).to.equal(true);
    expect(pixels.filter(([, , , alpha]) => alpha === 0).length).to.be.greaterThan(300);
    expect(pixels.filter(([, , , alpha]) => alpha === 255).length).to.be.greaterThan(100);
  });

  it('names every setting that is missing, and writes nothing then', async () => {
    const bare = { ...sandbox, appPackage: { botId: sandbox.appPackage.botId ?? '' } };
    const error: unknown = await runPackage(bare, folder, () => undefined).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(OperatorError);
    for (const name of ['TEAMS_APP_ID', 'DEVELOPER_NAME', 'WEBSITE_URL', 'PRIVACY_URL', 'TERMS_OF_USE_URL'])
      expect(String(error)).to.include(name);
    expect(() => readFileSync(join(folder, 'build', 'latchkey.sandbox.zip'))).to.throw();
  });

  it('leaves no placeholder, and a name with a quote keeps the manifest JSON', () => {
    const filled = fillManifest(template, { ...sandbox.appPackage, developerName: 'The "Key" Shop\\' });
    expect(filled).to.not.include('${{');
    expect(JSON.parse(filled)).to.nested.include({ 'developer.name': 'The "Key" Shop\\' });
    expect(() => fillManifest(template.replace('BOT_ID', 'BOT_IDD'), sandbox.appPackage)).to.throw('BOT_IDD');
  });

  it('lists the commands that the bot answers, in personal chat, teams and group chats', () => {
    const [bot] = JSON.parse(template).bots;
    expect(bot.scopes).to.have.members(['personal', 'team', 'groupChat']);
    for (const { commands } of bot.commandLists)
      expect(commands.map(({ title }: { title: string }) => title)).to.deep.equal([
        'leaver',
        'cases',
        'case',
        'approvals',
        'help',
      ]);
  });
});
