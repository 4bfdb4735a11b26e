/** The page in `browser/`, served by Vite and opened in Chromium: `ringtrue/client` as front-end people load it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPrism } from '../conformance/cli/testing/prism.ts';
import { CHROMIUM_FLAGS, findChromium } from '../scripts/chromium.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const executablePath = findChromium(process.env);
const inCi = process.env['CI'] !== undefined && process.env['CI'] !== '';

if (executablePath === undefined && !inCi) {
  console.error(
    '\n!!! SKIPPED: ringtrue/client was not loaded in a browser, no Chromium was found (set CHROMIUM_PATH).\n',
  );
}
if (executablePath === undefined && inCi) {
  it('Chromium is there to load ringtrue/client', () => {
    expect.fail('No Chromium in PATH or CHROMIUM_PATH. CI must load the page: apt-get install chromium.');
  });
}

describe.runIf(executablePath !== undefined)('a Vite page with ringtrue/client in Chromium', () => {
  const started: ChildProcess[] = [];
  let vite: ViteDevServer;
  let browser: Browser;

  beforeAll(async () => {
    vite = await createServer({
      configFile: false,
      root: fileURLToPath(new URL('browser', import.meta.url)),
      logLevel: 'silent',
      // The file that the package exports, and not its source.
      resolve: { alias: { 'ringtrue/client': `${root}dist/client.js` } },
      server: { port: 0, host: '127.0.0.1', fs: { allow: [root] } },
      cacheDir: `${root}artefacts/vite`,
    });
    await vite.listen();
    browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  });

  afterAll(async () => {
    await browser.close();
    await vite.close();
    for (const child of started) child.kill();
  });

  /** Opens the page against an API, and notes what went wrong in it. */
  async function open(api: string): Promise<{ page: Page; errors: string[] }> {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    const [address] = vite.resolvedUrls?.local ?? [];
    await page.goto(`${address ?? ''}?api=${encodeURIComponent(api)}`);
    return { page, errors };
  }

  it('creates and lists a call of the reference server', async () => {
    const server = spawn(process.execPath, ['dist/cli.js', 'serve', '--port', '0', '--cors'], { cwd: root });
    started.push(server);
    const [greeting] = (await once(server.stdout, 'data')) as [Buffer];
    const { page, errors } = await open(/http:\/\/[\w.:]+/.exec(greeting.toString())?.[0] ?? '');
    await page.getByRole('button', { name: 'Log a call' }).click();
    await page.getByText('ext-call-001 MISSED').waitFor();
    expect(await page.getByRole('status').textContent()).toMatch(/^Stored as ./);
    expect(errors).toEqual([]);
  });

  it('lists the calls of the mock, and shows what it answers to a create', async () => {
    const { prism, origin } = await startPrism('voice-calls');
    started.push(prism);
    const { page, errors } = await open(origin);
    await page.getByRole('listitem').first().waitFor();
    await page.getByRole('button', { name: 'Log a call' }).click();
    await page.getByText(/^Stored as /).waitFor();
    expect(errors).toEqual([]);
  });
});
