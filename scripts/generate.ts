/**
 * Writes `generated/*.ts` from the contracts with openapi-typescript.
 *
 *   tsx scripts/generate.ts [--check]
 *
 * `--check` writes nothing and exits 1 when a file is not what the contract gives.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { contractNames, root } from './contracts.ts';

/** A generated file as it should be, and whether it is. */
export interface Generated {
  file: string;
  text: string;
  fresh: boolean;
}

/**
 * @param folder the folder that holds `openapi/` and `generated/`
 * @param names the contracts
 * @returns what each generated file should hold; nothing is written
 */
export async function generate(folder: string, names: readonly string[] = contractNames): Promise<Generated[]> {
  const files: Generated[] = [];
  for (const name of names) {
    const contract = join(folder, 'openapi', `${name}.yaml`);
    const file = join(folder, 'generated', `${name}.ts`);
    // A default is what the server takes when a client says nothing: no reason to make the client say it.
    const text =
      header(name) +
      astToString(await openapiTS(pathToFileURL(contract), { alphabetize: false, defaultNonNullable: false }));
    const present = await readFile(file, 'utf8').catch(() => undefined);
    files.push({ file, text, fresh: present?.replaceAll('\r\n', '\n') === text });
  }
  return files;
}

function header(name: string): string {
  return `/**\n * Types of openapi/${name}.yaml, made by openapi-typescript. Do not edit: \`npm run generate\` writes this file anew.\n */\n\n`;
}

async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  const stale = (await generate(root)).filter(({ fresh }) => !fresh);
  for (const { file, text } of stale) {
    const shown = relative(root, file);
    if (check) {
      console.error(`${shown} is stale: run \`npm run generate\` and commit it.`);
      process.exitCode = 1;
    } else {
      await mkdir(join(root, 'generated'), { recursive: true });
      await writeFile(file, text);
      console.error(`${shown} written`);
    }
  }
  if (stale.length === 0) console.error('generate: every file is fresh.');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
