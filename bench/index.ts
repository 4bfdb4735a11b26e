/**
 * Measures RingTrue and what a user would take instead, and writes `bench/RESULTS.md`.
 *
 *   npm run bench [-- --only cli,cpu]
 *
 * With `--only` the chosen tables are measured, and those of RESULTS.md that were not stay as they are.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { root } from '../scripts/contracts.ts';
import { time } from './helpers/statistics.ts';
import { toMarkdown, type Measured, type Table } from './helpers/table.ts';
import { commandLine } from './tables/cli.ts';
import { cpu } from './tables/cpu.ts';
import { functions } from './tables/functions.ts';
import { growth } from './tables/growth.ts';
import { html } from './tables/html.ts';
import { latency } from './tables/latency.ts';
import { peers } from './tables/peers.ts';
import { server } from './tables/server.ts';
import { weight } from './tables/weight.ts';

const tables: readonly Table[] = [commandLine, cpu, functions, latency, growth, html, server, weight, peers];

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = values.only?.split(',');
const unknown = wanted?.filter((id) => !tables.some((table) => table.id === id)) ?? [];
if (unknown.length > 0) {
  console.error(`There is no table ${unknown.join(', ')}; there are ${tables.map(({ id }) => id).join(', ')}.`);
  process.exit(2);
}

const file = join(root, 'bench', 'RESULTS.md');
const sections = sectionsOf(existsSync(file) ? readFileSync(file, 'utf8') : '');
for (const table of tables.filter(({ id }) => wanted?.includes(id) ?? true)) {
  const started = performance.now();
  sections.set(table.title, toMarkdown(table, await table.measure().catch(notMeasured)));
  console.error(`bench: ${table.id} in ${time(performance.now() - started)}`);
}

const parts = tables.flatMap(({ title }) => sections.get(title) ?? []);
const lines = parts.join('\n').split('\n');
const held = lines.filter((line) => line.startsWith('- holds: ')).length;
const missed = lines.filter((line) => line.startsWith('- **missed**: '));
const tried = readFileSync(join(root, 'bench', 'tried.md'), 'utf8');
// Servers that nobody here wrote are not started by a script of ours: what was measured with them is kept by hand.
const outside = readFileSync(join(root, 'bench', 'outside.md'), 'utf8');
const document = [
  '# Measured',
  '',
  `Written by \`npm run bench\` on Node ${process.version}, ${platform()}, ${String(cpus().length)} cores of ${cpus()[0]?.model ?? 'an unknown kind'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB. Medians; ratios are against something that was measured in the same run, and are what to compare between machines.`,
  '',
  `${String(held)} targets hold, ${String(missed.length)} are missed${missed.length > 0 ? `:\n\n${missed.map((line) => line.replace('**missed**: ', '')).join('\n')}` : '.'}`,
  '',
  ...parts,
  outside,
  tried,
].join('\n');
const text = await format(document, { parser: 'markdown', printWidth: 120 });
console.log(text);
writeFileSync(file, text);
process.exit(0);

/** The tables that an earlier run has written, by their titles. */
function sectionsOf(results: string): Map<string, string> {
  return new Map(
    results
      .split(/^(?=## )/m)
      .slice(1)
      .map((section) => [section.slice(3, section.indexOf('\n')), section]),
  );
}

/** A table that could not be measured says why; the others go on. */
function notMeasured(error: unknown): Measured {
  const why = error instanceof Error ? error.message : String(error);
  return { columns: ['not measured'], rows: [[why.split('\n')[0] ?? '']], targets: [], notes: [] };
}
