import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe, { type AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/chromium.ts';
import type { Report } from '../model/index.ts';
import { Anchors } from './anchors.ts';
import { render } from './html.ts';
import { conformant, hostile, incomplete, large, lostExternalUuid } from './sample.ts';
import { sortedFindings } from './summary.ts';

const executablePath = findChromium(process.env);
const inCi = process.env['CI'] !== undefined && process.env['CI'] !== '';
const folder = resolve('artefacts/report');

const runs = { conformant: conformant(), broken: lostExternalUuid(), hostile: hostile(), incomplete: incomplete() };
/** The first finding's place, which the next run gives it again. */
const first = new Anchors().of('finding', sortedFindings(runs.broken.findings)[0]?.id ?? '');
const screens = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const schemes = ['light', 'dark'] as const;
/** The two runs that matter in every look; the others in the two looks that differ most. */
const looks = Object.entries(runs).flatMap(([name, report]) =>
  Object.entries(screens).flatMap(([screen, viewport]) =>
    schemes
      .filter((scheme) => name === 'conformant' || name === 'broken' || (screen === 'phone') === (scheme === 'dark'))
      .map((colorScheme) => ({ title: `${name}-${screen}-${colorScheme}`, report, viewport, colorScheme })),
  ),
);

if (executablePath === undefined && !inCi) {
  console.error('\n!!! SKIPPED: the HTML report was not looked at, no Chromium was found (set CHROMIUM_PATH).\n');
}

if (executablePath === undefined && inCi) {
  it('Chromium is there to look at the HTML report', () => {
    expect.fail('No Chromium in PATH or CHROMIUM_PATH. CI must look at the page: apt-get install chromium.');
  });
}

describe.runIf(executablePath !== undefined)('the HTML report in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  });
  afterAll(async () => {
    await browser.close();
  });

  /** Opens a report from a file, and notes whatever an inert page never does. */
  async function open(report: Report, options: BrowserContextOptions = {}): Promise<{ page: Page; events: string[] }> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const events: string[] = [];
    const file = join(folder, 'page.html');
    writeFileSync(file, render(report));
    page.on('dialog', (dialog) => {
      events.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('pageerror', (error) => events.push(`error: ${error.message}`));
    page.on('console', (message) => events.push(`console: ${message.text()}`));
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) events.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href);
    return { page, events };
  }

  // What runs inside the page is text: this project's types know nothing of a browser.
  const openAllDetails = (page: Page): Promise<void> =>
    page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');

  it.each(looks)('$title fits its screen, is accessible and inert', async ({ title, report, ...options }) => {
    const { page, events } = await open(report, options);
    await page.screenshot({ path: join(folder, `${title}.png`), fullPage: true });
    await openAllDetails(page);
    const scroll = await page.evaluate<number>('document.documentElement.scrollWidth');
    const client = await page.evaluate<number>('document.documentElement.clientWidth');
    expect(scroll, 'the page scrolls sideways').toBeLessThanOrEqual(client);
    await page.evaluate(axe.source);
    const result = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
    const violations = result.violations.map(
      (one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`,
    );
    expect(violations).toEqual([]);
    expect(events).toEqual([]);
    await page.context().close();
  });

  it('has no element that a hostile target asked for', async () => {
    const { page } = await open(runs.hostile);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('img, iframe, object, embed, base, form[action], link[rel=stylesheet]').count()).toBe(0);
    expect(await page.locator('a:not([href^="#"])').count()).toBe(0);
    expect(await page.title()).toContain('voice-calls');
    expect(await page.locator('[onerror], [onload], [onclick], [style]').count()).toBe(0);
    await page.context().close();
  });

  it('is used with the keyboard alone: filter, open, copy', async () => {
    const { page } = await open(runs.broken);
    const focused = (): Promise<string> => page.evaluate('document.activeElement.outerHTML.slice(0, 80)');
    const tabTo = async (part: string): Promise<void> => {
      for (let presses = 0; presses < 200; presses += 1) {
        await page.keyboard.press('Tab');
        if ((await focused()).includes(part)) return;
      }
      expect.fail(`Tab never reached ${part}`);
    };
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('class="skip"');
    await tabTo('<summary>What was sent and answered');
    await page.keyboard.press('Enter');
    expect(await page.locator('#x-1 summary').isVisible()).toBe(true);
    await tabTo('type="search"');
    await page.keyboard.type('external_uuid list');
    const said = page.locator('[role=status]');
    const shown = page.locator('.cases li:visible');
    await expect.poll(() => said.textContent()).toMatch(/^\d+ cases shown$/);
    const matching = await shown.count();
    expect(await said.textContent()).toBe(`${String(matching)} cases shown`);
    expect(matching).toBeLessThan(10);
    await tabTo('value="f"');
    await page.keyboard.press('Space');
    await expect.poll(() => shown.count()).toBe(matching - 2);
    await tabTo('type="reset"');
    await page.keyboard.press('Enter');
    await expect.poll(() => said.textContent()).toBe('');
    const copy = page.locator('.command button').first();
    await copy.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => copy.textContent()).toMatch(/Copied|Selected/);
    await page.context().close();
  });

  it('shows the lost field as the only red row, and its cells lead to the finding', async () => {
    const { page } = await open(runs.broken);
    const red = page.locator('#fields td.fail');
    expect(await red.count()).toBe(6);
    expect(await page.locator('#fields tr:has(td.fail) th').allTextContents()).toEqual(['external_uuid']);
    await red.first().locator('a').click();
    expect(new URL(page.url()).hash).toBe(`#${first}`);
    await page.goto(`${page.url().replace(/#.*/, '')}#x-3`);
    expect(await page.locator('#x-3 pre').first().isVisible()).toBe(true);
    await page.context().close();
  });

  it('tells everything without scripts, and offers no filter that would do nothing', async () => {
    const { page } = await open(runs.broken, { javaScriptEnabled: false });
    expect(await page.locator('h1').textContent()).toBe('http://127.0.0.1:3000 is non-conformant');
    expect(await page.locator(`[id='${first}'] .message`).isVisible()).toBe(true);
    expect(await page.locator('.filter').isVisible()).toBe(false);
    expect(await page.locator('button:visible').count()).toBe(0);
    const group = page.locator('#cases .group').first();
    await group.locator('summary').click();
    expect(await group.locator('li').first().isVisible()).toBe(true);
    expect(await group.getAttribute('id')).toMatch(/^cases-[a-z-]+\.\w+$/);
    await page.context().close();
  });

  it('keeps the filter in the address, and the address brings it back', async () => {
    const { page } = await open(runs.broken);
    await page.locator('.filter input[value="p"]').uncheck();
    await page.locator('.filter input[type=search]').fill('external_uuid');
    await expect.poll(() => new URL(page.url()).hash).toBe('#cases&q=external_uuid&off=p');
    const shown = await page.locator('.cases li:visible').count();
    const again = await page.context().newPage();
    await again.goto(page.url());
    expect(await again.locator('.cases li:visible').count()).toBe(shown);
    expect(await again.locator('.filter input[value="p"]').isChecked()).toBe(false);
    expect(await again.locator('.filter label', { hasText: /^fail/ }).textContent()).toMatch(/^fail [1-9]/);
    await page.context().close();
  });

  it('prints what is to be fixed on a few sheets: no control, no exchange, nothing that passed', async () => {
    const { page } = await open(runs.broken);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.locator('.filter').isVisible()).toBe(false);
    expect(await page.locator(`[id='${first}'] .command`).isVisible()).toBe(true);
    expect(await page.locator('#exchanges, #cases .quiet, .cases li.p').filter({ visible: true }).count()).toBe(0);
    // A4 at 96 dots per inch: what is wider is cut off on paper.
    await page.setViewportSize({ width: 794, height: 1123 });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(794);
    const pdf = await page.pdf({ path: join(folder, 'broken.pdf'), format: 'A4' });
    expect(pdf.length).toBeGreaterThan(20_000);
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0).toBeLessThanOrEqual(6);
    await page.context().close();
  });

  it('of 20,000 cases stays small enough to open at once', async () => {
    const report = large(20_000);
    expect(render(report).length).toBeLessThan(6_000_000);
    const { page, events } = await open(report);
    const elements = await page.evaluate<number>('document.querySelectorAll("*").length');
    const ms = await page.evaluate<number>('performance.getEntriesByType("navigation")[0].loadEventEnd');
    expect(elements).toBeLessThan(40_000);
    expect(events).toEqual([]);
    console.log(`20,000 cases: ${String(elements)} elements, load event after ${ms.toFixed(0)} ms`);
    await page.context().close();
  });
});
