/**
 * Reads every OpenAPI document below a folder, as it was published, and tells what a run could ask of it.
 *
 * npm run bench:outside -- DIR
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One document, read in a process of its own: so that its memory is its own. */
interface Row {
  file: string;
  loads: boolean;
  problem?: string;
  operations: number;
  unusable: number;
  inResources: number;
  reached: number;
  cases: number;
  milliseconds: number;
  megabytes: number;
}

const self = fileURLToPath(import.meta.url);
const [command, ...rest] = process.argv.slice(2);

if (command === '--one') {
  process.stdout.write(JSON.stringify(await readOne(rest[0] ?? '', rest[1] ?? '.')));
} else {
  report(command ?? '.');
}

function report(folder: string): void {
  const rows = documentsBelow(folder).map((file) => measured(file, folder));
  process.stdout.write(
    '| document | loads | operations | in resources | reached | cases | s | MB |\n|---|---|---|---|---|---|---|---|\n',
  );
  for (const row of rows) {
    const numbers = [
      row.operations,
      row.inResources,
      row.reached,
      row.cases,
      (row.milliseconds / 1000).toFixed(1),
      row.megabytes,
    ];
    const loads = row.loads ? (row.unusable > 0 ? `but ${String(row.unusable)}` : 'yes') : `no: ${row.problem ?? ''}`;
    process.stdout.write(`| ${row.file} | ${loads} | ${numbers.join(' | ')} |\n`);
  }
  const loaded = rows.filter(({ loads }) => loads);
  const sum = (of: (row: Row) => number): number => loaded.reduce((total, row) => total + of(row), 0);
  process.stdout.write(
    `\n${String(loaded.length)} of ${String(rows.length)} documents load; ${String(sum((row) => row.reached))} of their ${String(sum((row) => row.operations))} operations are reached by a case, ${String(sum((row) => row.inResources))} belong to a resource.\n`,
  );
}

/** Files that say of themselves that they are a document; parts of one do not. */
function documentsBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => /\.(?:ya?ml|json)$/i.test(file) && !file.includes('node_modules') && statSync(file).isFile())
    .filter((file) =>
      /^(?:openapi|swagger)\s*:\s*["']?[23]|"(?:openapi|swagger)"\s*:\s*"[23]\./m.test(readFileSync(file, 'utf8')),
    )
    .sort();
}

function measured(file: string, folder: string): Row {
  const child = spawnSync(process.execPath, [...process.execArgv, self, '--one', file, folder], {
    encoding: 'utf8',
    maxBuffer: 1e7,
  });
  const name = relative(folder, file);
  try {
    return { ...(JSON.parse(child.stdout) as Row), file: name };
  } catch {
    const problem = child.stderr.trim().split('\n').at(-1) ?? 'it ended without a word';
    return {
      file: name,
      loads: false,
      problem,
      operations: 0,
      unusable: 0,
      inResources: 0,
      reached: 0,
      cases: 0,
      milliseconds: 0,
      megabytes: 0,
    };
  }
}

/** Files of one document may lie anywhere below the folder. */
async function readOne(file: string, refRoot: string): Promise<Row> {
  const [{ loadContract }, { eachCase }] = await Promise.all([
    import('../conformance/contract/load.ts'),
    import('../conformance/plan/index.ts'),
  ]);
  const began = performance.now();
  const empty: Row = {
    file,
    loads: false,
    operations: 0,
    unusable: 0,
    inResources: 0,
    reached: 0,
    cases: 0,
    milliseconds: 0,
    megabytes: 0,
  };
  try {
    const contract = await loadContract(file, { allowRemote: false, refRoot });
    const milliseconds = performance.now() - began;
    const reached = new Set<string>();
    let cases = 0;
    for (const { operation } of eachCase(contract, {
      profile: 'full',
      include: [],
      exclude: [],
      readOnly: false,
      roles: [],
      fixtures: [],
      explore: 0,
    })) {
      reached.add(operation);
      cases += 1;
    }
    const { operations } = contract;
    return {
      file,
      loads: true,
      operations: operations.length,
      unusable: operations.filter(({ unusable }) => unusable !== undefined).length,
      inResources: operations.filter(({ resource }) => resource !== undefined).length,
      reached: reached.size,
      cases,
      milliseconds,
      megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    };
  } catch (error) {
    return { ...empty, problem: error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error) };
  }
}
