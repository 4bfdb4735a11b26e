/** Reads `ringtrue.config.yaml`. Its keys are the flags without their dashes; what is unknown is an error, never overlooked. */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import type { FixtureSource } from '../fixtures/source.ts';
import { configKeyOf, type OptionSpec } from '../options/spec.ts';
import { runOptions } from '../options/run-options.ts';
import { didYouMean } from '../suggest.ts';
import { readFixtures } from './fixture-config.ts';
import { readValueRef, type ValueRef } from './value-ref.ts';
import type { YamlFile } from './yaml-file.ts';

export const CONFIG_FILE = 'ringtrue.config.yaml';

export interface Config {
  file: string;
  /** Plain values by key. */
  values: Map<string, { value: string | boolean | string[]; place: string }>;
  token?: ValueRef;
  oauthClient?: ValueRef;
  roleTokens: Map<string, ValueRef>;
  headers: Map<string, ValueRef>;
  fixtures: FixtureSource[];
}

/** Options that name a file; in the config file they are relative to its own folder. */
const PATHS = ['token-file', 'cacert', 'cert', 'key', 'expected-failures'];

/**
 * @param named what `--config` or its environment name says; undefined: the file in `cwd`, if there is one
 * @param cwd the folder in which the user is
 * @param isBuiltin whether a contract's name is no path
 * @returns the config; undefined when there is none
 * @throws UsageError with file and line
 */
export async function readConfig(
  named: string | undefined,
  cwd: string,
  isBuiltin: (contract: string) => boolean,
): Promise<Config | undefined> {
  const path = resolve(cwd, named ?? CONFIG_FILE);
  if (named === undefined && !existsSync(path)) return undefined;
  // Loaded here, as most runs have no config and reading YAML with places is a big library.
  const { YamlFile } = await import('./yaml-file.ts');
  const yaml = new YamlFile(path, named ?? CONFIG_FILE);
  const config: Config = {
    file: yaml.file,
    values: new Map(),
    roleTokens: new Map(),
    headers: new Map(),
    fixtures: [],
  };
  if (yaml.empty) return config;
  const folder = dirname(path);
  const local = (text: string): string => {
    if (isAbsolute(text)) return text;
    const full = join(folder, text);
    const short = relative(cwd, full);
    return short.startsWith('..') ? full : short;
  };
  const specs = new Map(
    runOptions.flatMap((spec) => (configKeyOf(spec) === undefined ? [] : [[configKeyOf(spec), spec]])) as [
      string,
      OptionSpec,
    ][],
  );
  const keys = [...specs.keys()];
  for (const { key, value, at } of yaml.entries([], 'the config')) {
    const spec = specs.get(key);
    if (spec === undefined) {
      const flag = runOptions.find(({ name, config: other }) => name === key && typeof other === 'string');
      const hint = typeof flag?.config === 'string' ? ` Did you mean "${flag.config}"?` : didYouMean(key, keys);
      throw new UsageError(`${at}: unknown key ${key}.${hint || ` Known keys: ${keys.join(', ')}.`}`);
    }
    if (value === null) continue;
    if (key === 'token') config.token = readValueRef(yaml, [key], 'token', local);
    else if (key === 'oauth-client') config.oauthClient = readValueRef(yaml, [key], 'oauth-client', local);
    else if (key === 'role-tokens') config.roleTokens = readRefs(yaml, key, local);
    else if (key === 'headers') config.headers = readRefs(yaml, key, local);
    else if (key === 'fixtures') config.fixtures = readFixtures(yaml, [key]);
    else config.values.set(key, { value: plain(spec, value, at, local, isBuiltin), place: `${at} ${key}` });
  }
  return config;
}

function readRefs(yaml: YamlFile, key: string, local: (path: string) => string): Map<string, ValueRef> {
  return new Map(
    yaml.entries([key], key).map(({ key: name }) => [name, readValueRef(yaml, [key, name], `${key}: ${name}`, local)]),
  );
}

function plain(
  spec: OptionSpec,
  value: unknown,
  at: string,
  local: (path: string) => string,
  isBuiltin: (contract: string) => boolean,
): string | boolean | string[] {
  const key = configKeyOf(spec) ?? spec.name;
  switch (spec.kind) {
    case 'switch':
      if (typeof value === 'boolean') return value;
      throw new UsageError(`${at}: ${key} has to be true or false.`);
    case 'list': {
      const list = Array.isArray(value) ? (value as unknown[]) : [value];
      if (!list.every((one): one is string => typeof one === 'string' && one !== '')) {
        throw new UsageError(`${at}: ${key} has to be a text or a list of texts.`);
      }
      return key === 'report'
        ? list.map((one) => one.replace(/=(?!-$)(.+)$/, (_all, file: string) => `=${local(file)}`))
        : list;
    }
    default: {
      const isNumber = spec.kind === 'whole' || spec.kind === 'seconds' || spec.kind === 'rate';
      if (typeof value !== 'string' && !(isNumber && typeof value === 'number')) {
        throw new UsageError(`${at}: ${key} has to be a ${isNumber ? 'number' : 'text'}.`);
      }
      const text = String(value);
      if (PATHS.includes(key) && text !== '-') return local(text);
      return key === 'contract' && !isBuiltin(text) && !/^https?:/.test(text) ? local(text) : text;
    }
  }
}
