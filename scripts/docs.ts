/** Builds static API pages of the built-in contracts with Redocly: `npm run docs`. The reference server shows them at `/docs`. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { contractFile, contractNames, root } from './contracts.ts';

const run = promisify(execFile);
const out = join(root, 'dist', 'docs');
const redocly = join(root, 'node_modules', '@redocly', 'cli', 'bin', 'cli.js');

interface Page {
  name: string;
  title: string;
  summary: string;
}

async function buildPage(name: string): Promise<Page> {
  const source = contractFile(name);
  // --inlineBundle: the page loads nothing from elsewhere, so that it can be read offline and under a strict policy.
  await run(process.execPath, [redocly, 'build-docs', source, '--inlineBundle', '-o', join(out, `${name}.html`)], {
    cwd: root,
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  dropRemoteLogo(join(out, `${name}.html`));
  const { info } = parse(readFileSync(source, 'utf8')) as { info: { title: string; summary?: string } };
  return { name, title: info.title, summary: info.summary ?? '' };
}

/** Redoc's footer asks a CDN for its logo; a `data:` address fails at once and the footer shows its words alone. */
function dropRemoteLogo(path: string): void {
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('https://cdn.redoc.ly/redoc/logo-mini', 'data:,logo'));
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

function indexPage(pages: readonly Page[]): string {
  const rows = pages.map(
    ({ name, title, summary }) =>
      `<dt><a href="${name}.html">${escapeHtml(title)}</a></dt><dd>${escapeHtml(summary)}</dd>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>RingTrue: the contracts</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}dt{font-weight:600}dd{margin:0 0 1rem}</style>
<h1>The contracts</h1>
<dl>
${rows.join('\n')}
</dl>
</html>
`;
}

mkdirSync(out, { recursive: true });
const pages = await Promise.all(contractNames.map(buildPage));
writeFileSync(join(out, 'index.html'), indexPage(pages));
console.log(`Built ${pages.map(({ name }) => `dist/docs/${name}.html`).join(', ')}.`);
console.log(
  `Open ${pathToFileURL(join(out, 'index.html')).href}, or run npm start and open http://127.0.0.1:3000/docs/.`,
);
