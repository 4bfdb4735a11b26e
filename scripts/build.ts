/**
 * Builds `dist/`: one ESM bundle per published entry, with everything but `openapi-fetch` and the optional peers inside,
 * so that installing RingTrue installs one package. Types are made by `tsc` (`npm run build:types`), at pack time only.
 *
 *   tsx scripts/build.ts [--clean]
 *
 * `--clean` empties `dist/` first.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, formatMessages, type BuildFailure, type BuildOptions, type Metafile } from 'esbuild';
import { precompileContracts } from './precompile-contracts.ts';
import { precompileKeywords } from './precompile-keywords.ts';
import { shareTwins } from './share-twins.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** dist name -> source file. package.json `bin` and `exports` name the same. */
const entries: Record<string, string> = {
  cli: 'conformance/cli/main.ts',
  index: 'conformance/index.ts',
  vitest: 'conformance/vitest/index.ts',
  rules: 'conformance/rules/toolkit.ts',
  server: 'conformance/derived/index.ts',
  'reference-server': 'reference-server/index.ts',
};

/** The same for entries that browsers load too: nothing of Node may be in them. */
const browserEntries: Record<string, string> = {
  client: 'conformance/client/index.ts',
};

/** Files that are published beside the bundles as they are. */
const copies: Readonly<Record<string, string>> = {
  'report.schema.json': 'conformance/report/report.schema.json',
};

/** openapi-fetch is a dependency because the client's types name it; the others are optional peers or tools of this repository. */
const external = ['openapi-fetch', 'vitest', '@redocly/cli', '@stoplight/prism-cli', 'playwright-core'];

/** Bundled CommonJS packages call `require` for Node's own modules; an ES module has none. */
const banner =
  "import { createRequire as __ringtrueCreateRequire } from 'node:module';\nconst require = __ringtrueCreateRequire(import.meta.url);";

const common = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  write: false,
  metafile: true,
  format: 'esm',
  charset: 'utf8',
  external,
  // Packages' licence texts are collected in THIRD-PARTY-LICENSES.txt instead.
  legalComments: 'none',
  logLevel: 'silent',
} as const satisfies BuildOptions;

/** A chunk of an earlier build may still be wanted by a process that runs from it; older ones are removed. */
const keepStaleChunksMs = 60 * 60 * 1000;

/**
 * Builds `dist/`.
 * @param options `clean` empties the folder first
 * @throws Error with one clear sentence, or esbuild's own failure
 */
export async function buildDist({ clean = false }: { clean?: boolean } = {}): Promise<void> {
  for (const source of [entries, browserEntries, copies].flatMap((files) => Object.values(files))) {
    if (!existsSync(join(root, source))) throw new Error(`build: ${source} is not there, so dist/ cannot be made.`);
  }

  const [forNode, forBrowsers] = await Promise.all([
    build({
      ...common,
      entryPoints: entries,
      splitting: true,
      platform: 'node',
      target: 'node20.19',
      banner: { js: banner },
      chunkNames: 'chunk-[hash]',
      plugins: [precompileKeywords(), precompileContracts(), shareTwins(root)],
    }),
    build({ ...common, entryPoints: browserEntries, platform: 'browser', target: 'es2022' }),
  ]);

  if (clean) rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });

  const written = new Set<string>();
  const files = [...forNode.outputFiles, ...forBrowsers.outputFiles].map(({ path, text }) => ({
    name: basename(path),
    text,
  }));
  // Entries last: whoever starts dist/cli.js at this moment finds every chunk that it names.
  files.sort((a, b) => Number(!a.name.startsWith('chunk-')) - Number(!b.name.startsWith('chunk-')));
  for (const { name, text } of files) {
    const isCli = name === 'cli.js';
    writeIfChanged(name, isCli && !text.startsWith('#!') ? `#!/usr/bin/env node\n${text}` : text);
    written.add(name);
  }
  for (const [name, source] of Object.entries(copies)) {
    writeIfChanged(name, readFileSync(join(root, source), 'utf8'));
  }
  writeIfChanged('THIRD-PARTY-LICENSES.txt', thirdPartyLicenses([forNode.metafile, forBrowsers.metafile]));
  removeStaleChunks(written);
  linkOwnBin();
}

function writeIfChanged(name: string, text: string): void {
  const path = join(dist, name);
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    // Renamed into place, so that a process that reads it meanwhile sees the old file or the new one, never half of it.
    const temporary = join(dist, `.${name}.${String(process.pid)}`);
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  }
  if (name === 'cli.js') chmodSync(path, 0o755);
}

function removeStaleChunks(written: ReadonlySet<string>): void {
  const oldest = Date.now() - keepStaleChunksMs;
  for (const name of readdirSync(dist)) {
    if (!name.startsWith('chunk-') || written.has(name)) continue;
    if (statSync(join(dist, name)).mtimeMs < oldest) rmSync(join(dist, name), { force: true });
  }
}

/** npm links the bins of dependencies only; with this link `npx ringtrue` works in the clone itself. */
function linkOwnBin(): void {
  const bin = join(root, 'node_modules', '.bin');
  const link = join(bin, 'ringtrue');
  if (!existsSync(bin) || existsSync(link)) return;
  try {
    if (process.platform === 'win32') writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\dist\\cli.js" %*\r\n');
    else symlinkSync(join('..', '..', 'dist', 'cli.js'), link);
  } catch {
    // A file system without links: `node dist/cli.js` does the same.
  }
}

/** The licence of every package whose code is in a bundle: most of them ask for nothing else. */
function thirdPartyLicenses(metafiles: readonly Metafile[]): string {
  const folders = new Set<string>();
  for (const input of metafiles.flatMap(({ inputs }) => Object.keys(inputs))) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match?.[1] !== undefined) folders.add(match[1]);
  }
  const sections = [...folders].map(describePackage).sort((a, b) => (a.title < b.title ? -1 : 1));
  const unique = new Map(sections.map((section) => [section.title, section]));
  const parts = [`RingTrue's files in this folder contain code of ${String(unique.size)} packages. Their licences:`];
  for (const { title, text } of unique.values()) parts.push(`${'-'.repeat(80)}\n${title}\n\n${text}`);
  return `${parts.join('\n\n')}\n`;
}

function describePackage(folder: string): { title: string; text: string } {
  const path = join(root, folder);
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const licence = manifest.license ?? 'licence not named in its package.json';
  const file = readdirSync(path).find(
    (name) => /^(licen[sc]e|copying)/i.test(name) && statSync(join(path, name)).isFile(),
  );
  return {
    title: `${manifest.name} ${manifest.version} (${licence})`,
    text:
      file === undefined ? `Licence: ${licence}` : readFileSync(join(path, file), 'utf8').replace(/\r\n/g, '\n').trim(),
  };
}

async function main(): Promise<void> {
  const flags = process.argv.slice(2);
  const started = performance.now();
  try {
    await buildDist({ clean: flags.includes('--clean') });
    console.error(`build: dist/ is ready (${(performance.now() - started).toFixed(0)} ms)`);
  } catch (error) {
    process.exitCode = 1;
    if (isBuildFailure(error)) {
      console.error((await formatMessages(error.errors, { kind: 'error', color: process.stderr.isTTY })).join('\n'));
      console.error('build: the sources above do not bundle; dist/ is as it was.');
    } else {
      console.error(error instanceof Error ? error.message : String(error));
    }
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
