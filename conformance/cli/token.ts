/** The token, from wherever the user keeps it: it never has to stand in the process list or in a file of the project. */
import { resolve } from 'node:path';
import type { Config } from './config/read.ts';
import { readSecretFile, valueOf } from './config/value-ref.ts';
import { UsageError } from './errors.ts';
import type { Io } from './io.ts';
import type { Given, Source } from './options/resolve.ts';
import { textOf } from './options/values.ts';

const RANK: readonly Source[] = ['flag', 'env', 'config', 'default'];

/**
 * @param token what `--token` or its environment name says
 * @param file what `--token-file` says, from whichever source
 * @returns the token of the first source that names one
 */
export async function readToken(
  token: Given | undefined,
  file: Given | undefined,
  config: Config | undefined,
  io: Pick<Io, 'env' | 'cwd' | 'err'>,
): Promise<string | undefined> {
  const found = await firstOf(token, file, config, io);
  if (found === undefined) return undefined;
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for.
  if (/[\u0000-\u001f\u007f]|[^\u0000-\u00ff]/.test(found)) {
    throw new UsageError('The token holds a character that no header may have, such as a line feed.');
  }
  return found;
}

async function firstOf(
  token: Given | undefined,
  file: Given | undefined,
  config: Config | undefined,
  io: Pick<Io, 'env' | 'cwd' | 'err'>,
): Promise<string | undefined> {
  if (token !== undefined && file !== undefined && token.source === file.source) {
    throw new UsageError(`${token.place} and ${file.place} both name a token; give one.`);
  }
  const rank = (given: Given | undefined): number => (given === undefined ? RANK.length : RANK.indexOf(given.source));
  if (token !== undefined && rank(token) < rank(file)) return textOf(token).trim();
  if (file !== undefined && (file.source !== 'config' || config?.token === undefined)) return fromFile(file, io);
  return config?.token === undefined ? undefined : valueOf(config.token, io.env);
}

async function fromFile(given: Given, io: Pick<Io, 'cwd' | 'err'>): Promise<string> {
  const file = textOf(given);
  if (file !== '-') return readSecretFile(resolve(io.cwd, file), file, given.place);
  const { askSecret } = await import('./ask-secret.ts');
  const secret = await askSecret('Token: ', io.err);
  if (secret === '') throw new UsageError(`${given.place}: no token came from standard input.`);
  return secret;
}
