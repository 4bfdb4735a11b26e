/** Hands a contract, read as `run` reads it, to openapi-typescript, an optional tool of the user's project. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { dirname, resolve } from 'node:path';
import type { LoadOptions } from '../../contract/load.ts';
import { UsageError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { checkWritable, writeWhole } from '../files.ts';
import type { Io } from '../io.ts';
import { openContract } from '../judge/contract.ts';
import { findBin } from '../redocly.ts';

/**
 * @param name a built-in contract, or path or URL of an OpenAPI document
 * @param output the file to write; without it the types are printed
 * @param reading how the contract is read
 * @param io where to write, and the surroundings
 * @returns 0 when the types are written
 * @throws UsageError when openapi-typescript is not installed or refuses the document; ContractError when it cannot be read
 */
export async function typesNow(
  name: string,
  output: string | undefined,
  reading: LoadOptions,
  io: Io,
): Promise<ExitCode> {
  if (output !== undefined) checkWritable(resolve(io.cwd, output), output, '--output');
  const { document } = await openContract(name, reading);
  const program = findBin('openapi-typescript', 'openapi-typescript', [io.cwd]);
  if (program === undefined) {
    throw new UsageError(
      'openapi-typescript is not installed. Remedy: npm install -D openapi-typescript typescript@5, or without RingTrue: npx openapi-typescript ./mine.yaml -o api.d.ts',
    );
  }
  const types = await convert(program, JSON.stringify(document));
  if (output === undefined) io.out(types);
  else {
    writeWhole(resolve(io.cwd, output), types, output);
    io.err(`${output} is written.\n`);
  }
  return EXIT.conforms;
}

async function convert(program: string, document: string): Promise<string> {
  // In a folder of its own: beside a redocly.yaml that names APIs it makes types of those, whatever it is handed.
  const child = spawn(process.execPath, [program], { cwd: dirname(program), env: { ...process.env, NO_COLOR: '1' } });
  const ended = new Promise<number | null>((done, failed) => {
    child.once('error', failed);
    child.once('close', done);
  });
  // What it does not read to its end is told by its exit code.
  child.stdin.on('error', () => undefined);
  child.stdin.end(document);
  const [types, complaint, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0 || types.trim() === '')
    throw new UsageError(`openapi-typescript could not make types: ${firstSentence(complaint)}`);
  return types;
}

function firstSentence(complaint: string): string {
  const lines = complaint.split('\n').map((line) => line.trim().replace(/^✘\s*/, ''));
  return lines.find((line) => line !== '') ?? 'it said nothing';
}
