/**
 * Makes the README's pictures from a real run: the built command line judges a server that loses `external_uuid`, and Chromium
 * takes the pictures. `npm run pictures` builds first; the pages stay in
 * `artefacts/`.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import type { Report } from '../conformance/model/index.ts';
import { html } from '../conformance/report/escape.ts';
import { render } from '../conformance/report/text.ts';
import { startFaulty } from '../conformance/self-test/faulty-server.ts';
import { voiceCallsFaults } from '../conformance/self-test/faults/voice-calls/index.ts';
import { CHROMIUM_FLAGS, findChromium } from './chromium.ts';
import { root } from './contracts.ts';

const FAULT = 'external-uuid-echoed-only';
/** A screen: what one sees without scrolling. */
const COLUMNS = 104;
const ROWS = 40;

const pages = join(root, 'artefacts', 'pictures');
const pictures = join(root, 'docs', 'pictures');

/** What our own colours look like; the text has no other codes. */
const SGR: Record<string, string> = {
  '1': 'font-weight:700',
  '2': 'color:#9aa4b5',
  '31': 'color:#ff8e86',
  '32': 'color:#7fdca4',
  '33': 'color:#f0c674',
  '36': 'color:#8fc7ff',
};

await main();

async function main(): Promise<void> {
  const executablePath = findChromium(process.env);
  if (executablePath === undefined) throw new Error('No Chromium: set CHROMIUM_PATH, or apt-get install chromium.');
  mkdirSync(pages, { recursive: true });
  mkdirSync(pictures, { recursive: true });
  const report = await judge();
  writeFileSync(join(pages, 'terminal.html'), terminalPage(report));
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  try {
    await shoot(browser, 'terminal');
    await shoot(browser, 'report', '#fields');
  } finally {
    await browser.close();
  }
  console.log('docs/pictures/terminal.png and docs/pictures/report.png are made.');
}

/** Runs the built command line against the faulty server, as a user would. */
async function judge(): Promise<Report> {
  const cli = join(root, 'dist', 'cli.js');
  if (!existsSync(cli)) throw new Error('dist/cli.js is not there: npm run build.');
  const fault = voiceCallsFaults.find((one) => one.id.endsWith(FAULT));
  if (fault === undefined) throw new Error(`There is no fault ${FAULT}.`);
  const server = await startFaulty(fault);
  const json = join(pages, 'report.json');
  try {
    const page = join(pages, 'report.html');
    const reports = ['--report', `json=${json}`, '--report', `html=${page}`];
    await finish([cli, 'run', 'voice-calls', '--url', server.url, '--seed', '1', ...reports]);
  } finally {
    await server.close();
  }
  return JSON.parse(readFileSync(json, 'utf8')) as Report;
}

/** Exit code 1 is what is wanted: the server has a fault. */
function finish(args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 1) resolve();
      else reject(new Error(`ringtrue run ended with ${String(code)}, not with 1.`));
    });
  });
}

function terminalPage(report: Report): string {
  const lines = render(report, { color: true, columns: COLUMNS }).split('\n').slice(0, ROWS);
  // A terminal cuts nothing, but a picture has an end: long commands go on beyond it.
  const text = lines.map(colored).join('\n');
  return `<!doctype html><meta charset="utf-8"><title>terminal</title><style>
body { margin: 0; padding: 28px; background: #e9ecf1; width: fit-content; }
main { background: #12161f; color: #e4e8ef; border-radius: 12px; overflow: hidden; width: fit-content; box-shadow: 0 12px 34px #0003; }
header { display: flex; gap: 8px; padding: 13px 16px; background: #1d2330; }
header i { width: 12px; height: 12px; border-radius: 50%; background: #4a5468; }
pre { margin: 0; padding: 18px 24px 24px; font: 13.5px/1.5 ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; width: ${String(COLUMNS)}ch; overflow: hidden; box-sizing: content-box; }
</style><main><header><i></i><i></i><i></i></header><pre><span style="color:#9aa4b5">$</span> npx ringtrue run --url ${html(report.target.url)}
${text}</pre></main>`;
}

/** Our own colour codes as spans. What a target sent is spelt out by now: no other code is in the text. */
function colored(line: string): string {
  let open = 0;
  // eslint-disable-next-line no-control-regex -- our own colours.
  const spans = line.split(/\u001b\[(\d+)m/).map((part, at) => {
    if (at % 2 === 0) return html(part);
    const style = SGR[part];
    if (style !== undefined) {
      open += 1;
      return `<span style="${style}">`;
    }
    if (open === 0) return '';
    open -= 1;
    return '</span>';
  });
  return spans.join('') + '</span>'.repeat(open);
}

async function shoot(browser: Browser, name: string, at?: string): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: 1120, height: 900 },
    deviceScaleFactor: 1.5,
    colorScheme: 'light',
  });
  await page.goto(pathToFileURL(join(pages, `${name}.html`)).href);
  const path = join(pictures, `${name}.png`);
  if (at === undefined) await page.locator('body').screenshot({ path });
  else {
    // The verdict and the matrix on one picture: what stands between them is for a reader, not for a glance.
    await page.evaluate('for (const id of ["summary", "findings"]) document.getElementById(id)?.remove()');
    const box = await page.locator(at).boundingBox();
    const height = Math.ceil((box?.y ?? 0) + (box?.height ?? 900) + 24);
    await page.setViewportSize({ width: 1120, height });
    await page.screenshot({ path });
  }
  await page.close();
}
