/** How a shell finds the secrets of a run again, so that its commands can be pasted and hold none of them. */
import { variableOf, type SecretWords } from '../run/index.ts';
import type { Config } from './config/read.ts';
import type { ValueRef } from './config/value-ref.ts';
import type { Given } from './options/resolve.ts';

/** What was given, by name, and from where. */
export interface SecretSources {
  token: Given | undefined;
  tokenFile: Given | undefined;
  oauthClient: Given | undefined;
  roleTokens: readonly string[];
  headers: readonly string[];
  config: Config | undefined;
}

/**
 * @param sources where tokens and headers came from
 * @returns words between double quotes of a POSIX shell: a variable of the user's own, the file that holds it, or a variable that the
 *   shell asks for in so many words
 */
export function secretWords({
  token,
  tokenFile,
  oauthClient,
  roleTokens,
  headers,
  config,
}: SecretSources): SecretWords {
  const ofConfig = (refs: ReadonlyMap<string, ValueRef> | undefined, nameOf: (name: string) => string): Entries =>
    [...(refs ?? [])].map(([name, ref]) => [name, wordOf(ref, nameOf(name))]);
  const given = (names: readonly string[], place: string, nameOf: (name: string) => string): Entries =>
    names.map((name) => [name, asked(nameOf(name), place)]);
  const named = [...ofConfig(config?.headers, variableOf), ...given(headers, '-H', variableOf)].map(([name, word]) => [
    name.toLowerCase(),
    word,
  ]);
  return {
    token:
      tokenWord(token, tokenFile, config) ??
      (oauthClient === undefined ? undefined : '${TOKEN:?set it to a token of your OAuth client}'),
    roles: Object.fromEntries([
      ...ofConfig(config?.roleTokens, roleVariable),
      ...given(roleTokens, '--role-token', roleVariable),
    ]),
    headers: Object.fromEntries(named) as Record<string, string>,
  };
}

type Entries = [name: string, word: string][];

/** @returns the variable for a role's token, where the user has none of a name that is known */
export function roleVariable(role: string): string {
  return `${variableOf(role)}_TOKEN`;
}

/** @returns a variable that the shell asks for when it is not set (POSIX, 2.6.2 Parameter Expansion) */
export function asked(variable: string, place: string): string {
  return `$` + `{${variable}:?set it to what ${place} was given}`;
}

function tokenWord(token: Given | undefined, file: Given | undefined, config: Config | undefined): string | undefined {
  const ofFile = file?.source === 'flag' || (file?.source === 'env' && token?.source !== 'flag');
  if (
    file !== undefined &&
    (ofFile || token === undefined) &&
    (file.source !== 'config' || config?.token === undefined)
  )
    return file.value === '-' ? asked('TOKEN', '--token-file -') : firstLine(String(file.value));
  if (token !== undefined) return token.source === 'env' ? `$${token.place}` : asked('TOKEN', token.place);
  return config?.token === undefined ? undefined : wordOf(config.token, 'TOKEN');
}

function wordOf(ref: ValueRef, variable: string): string {
  if (ref.kind === 'env') return `$${ref.name}`;
  return ref.kind === 'file' ? firstLine(ref.path) : asked(variable, 'the config file');
}

function firstLine(file: string): string {
  return `$(head -n 1 '${file.replaceAll("'", String.raw`'\''`)}')`;
}
