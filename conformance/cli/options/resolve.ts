/** Which of several sources an option takes its value from: flag, then environment, then config file, then default. */
import { UsageError } from '../errors.ts';
import { configKeyOf, envNameOf, type OptionSpec } from './spec.ts';

export type Source = 'flag' | 'env' | 'config' | 'default';

/** A value as it was written, and where. */
export interface Given {
  value: string | boolean | string[];
  source: Source;
  /** For messages: `--workers`, `RINGTRUE_WORKERS`, `ringtrue.config.yaml:3 workers`. */
  place: string;
}

/** Values from the config file, by its key. */
export type ConfigValues = ReadonlyMap<string, { value: string | boolean | string[]; place: string }>;

export interface Sources {
  /** By the flag's name; only what was given on the command line. */
  flags: ReadonlyMap<string, string | boolean | string[]>;
  env: Readonly<Record<string, string | undefined>>;
  config: ConfigValues;
}

/**
 * @param spec the option
 * @param sources where values may come from
 * @returns the value of the first source that has one; undefined when none has and there is no default
 */
export function resolveOption(spec: OptionSpec, sources: Sources): Given | undefined {
  const flag = sources.flags.get(spec.name);
  if (flag !== undefined) return { value: flag, source: 'flag', place: `--${spec.name}` };
  return fromEnv(spec, sources.env) ?? fromConfig(spec, sources.config) ?? fallback(spec);
}

/** An empty variable counts as none: CI systems set those for inputs that were left out. */
export function fromEnv(spec: OptionSpec, env: Sources['env']): Given | undefined {
  const place = envNameOf(spec);
  const text = env[place];
  if (text === undefined || text.trim() === '') return undefined;
  switch (spec.kind) {
    case 'switch':
      return { value: switchOf(text, place), source: 'env', place };
    case 'list':
      // One per line, as in the inputs of a GitHub Action.
      return { value: linesOf(text), source: 'env', place };
    default:
      return { value: text, source: 'env', place };
  }
}

function fromConfig(spec: OptionSpec, config: ConfigValues): Given | undefined {
  const key = configKeyOf(spec);
  const found = key === undefined ? undefined : config.get(key);
  return found === undefined ? undefined : { ...found, source: 'config' };
}

function fallback({ fallback: value, name }: OptionSpec): Given | undefined {
  return value === undefined ? undefined : { value, source: 'default', place: `--${name}` };
}

function switchOf(text: string, place: string): boolean {
  const word = text.trim().toLowerCase();
  if (['1', 'true', 'yes', 'on'].includes(word)) return true;
  if (['0', 'false', 'no', 'off'].includes(word)) return false;
  throw new UsageError(`${place} has to be true or false, not ${JSON.stringify(text)}.`);
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
