/** The HTML report of a very large run, opened in a browser. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { render } from '../../conformance/report/html.ts';
import { large } from '../../conformance/report/sample.ts';
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/chromium.ts';
import { inFolder } from '../helpers/processes.ts';
import { median, time } from '../helpers/statistics.ts';
import type { Table } from '../helpers/table.ts';

const CASES = 20_000;

export const html: Table = {
  id: 'html',
  title: `HTML report of ${CASES.toLocaleString('en')} cases in Chromium`,
  measure: () =>
    inFolder(async (folder) => {
      const executablePath = findChromium(process.env);
      if (executablePath === undefined) throw new Error('There is no Chromium in PATH or CHROMIUM_PATH.');
      const report = large(CASES);
      const started = performance.now();
      const text = render(report);
      const rendered = performance.now() - started;
      const file = join(folder, 'report.html');
      writeFileSync(file, text);
      const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
      try {
        const opened: number[] = [];
        for (let round = 0; round < 5; round += 1) {
          const page = await browser.newPage();
          const before = performance.now();
          await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
          // Two frames: the page has been laid out and painted.
          await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
          opened.push(performance.now() - before);
          await page.close();
        }
        const open = median(opened);
        return {
          columns: ['step', 'measured'],
          rows: [
            ['render', time(rendered)],
            ['size', `${(text.length / 2 ** 20).toFixed(1)} MiB`],
            ['open and paint', time(open)],
          ],
          targets: [{ wanted: 'opens within 2 s', measured: time(open), holds: open < 2000 }],
          notes: [],
        };
      } finally {
        await browser.close();
      }
    }),
};
