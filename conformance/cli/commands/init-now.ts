import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline/promises';
import type { Contract } from '../../contract/types.ts';
import { parseAddress } from '../../target/address.ts';
import { UsageError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { findFixtures } from '../fixtures/find.ts';
import { checkWritable, writeWhole } from '../files.ts';
import type { Io } from '../io.ts';
import { openContract } from '../judge/contract.ts';
import { pairOf } from '../options/values.ts';
import { didYouMean } from '../suggest.ts';
import { configText } from './init-text.ts';
import type { InitOptions } from './init.ts';

/** Writes the config file; on a terminal it asks for what the flags leave open. */
export async function initNow(options: InitOptions, io: Io): Promise<ExitCode> {
  const file = options.file ?? 'ringtrue.config.yaml';
  const path = resolve(io.cwd, file);
  if (existsSync(path) && options.force !== true) {
    throw new UsageError(`${file} is there already. Add --force to overwrite it, or --file to write another.`);
  }
  checkWritable(path, file, '--file');
  const terminal = options.yes !== true && process.stdin.isTTY && io.interactive;
  const lines = terminal ? createInterface({ input: process.stdin, output: process.stderr }) : undefined;
  try {
    const ask = asker(lines);
    const contract = await openContract(
      options.contract ?? (await ask('Contract (name, path or URL)', 'voice-calls')),
      { allowRemote: false },
    );
    const url = options.url ?? (await ask('URL of the target', 'http://127.0.0.1:8080'));
    checkUrl(url);
    const tokenEnv = options.tokenEnv ?? (await ask('Environment variable with the token', 'API_TOKEN'));
    if (!/^[A-Za-z_]\w*$/.test(tokenEnv))
      throw new UsageError(`--token-env has to be the name of a variable, not ${JSON.stringify(tokenEnv)}.`);
    const fixtures = await fixtureValues(contract, options, ask, { url, token: io.env[tokenEnv], say: io.err });
    const name = options.contract ?? contract.name;
    writeWhole(path, configText({ contract, name, url, tokenEnv, fixtures }), file);
  } finally {
    lines?.close();
  }
  io.err(`${file} is written. Next: ringtrue run --dry-run, then ringtrue run\n`);
  return EXIT.conforms;
}

type Ask = (question: string, otherwise: string) => Promise<string>;

function asker(lines: Interface | undefined): Ask {
  return async (question, otherwise) => {
    if (!lines) return otherwise;
    const answer = await lines.question(`${question}${otherwise === '' ? '' : ` [${otherwise}]`}: `);
    return answer.trim() === '' ? otherwise : answer.trim();
  };
}

function checkUrl(url: string): void {
  try {
    parseAddress(url);
  } catch (error) {
    throw new UsageError(`--url: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** Values that are given, else found in records that the target has, else asked for. */
async function fixtureValues(
  contract: Contract,
  options: InitOptions,
  ask: Ask,
  { url, token, say }: { url: string; token: string | undefined; say: (text: string) => void },
): Promise<Map<string, string>> {
  const known = contract.fixtures.map(({ name }) => name);
  const values = new Map((options.fixture ?? []).map((text) => pairOf(text, '--fixture', 'NAME')));
  for (const name of values.keys()) {
    if (!known.includes(name)) {
      throw new UsageError(
        `--fixture: the contract ${contract.name} has no fixture ${name}; it has ${known.join(', ') || 'none'}.${didYouMean(name, known)}`,
      );
    }
  }
  const open = contract.fixtures.filter(({ name, optional }) => !optional && !values.has(name));
  // A target that is not named by the user is not asked.
  const found =
    options.url === undefined ? new Map<string, string>() : await findFixtures(contract, open, { url, token });
  for (const { name, description } of open) {
    const known = found.get(name);
    if (known !== undefined) say(`${name}: found on the target, ${JSON.stringify(known)}\n`);
    const answer = await ask(
      `${name}: ${description} Enter to ${known === undefined ? 'leave it open' : 'take it'}`,
      known ?? '',
    );
    if (answer !== '') values.set(name, answer);
  }
  return values;
}
