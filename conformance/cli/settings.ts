/** From flags, environment and config file to a checked request: the one place where the precedence is applied. */
import { randomInt } from 'node:crypto';
import { builtinContracts } from '../contract/load.ts';
import { readConfig, type Config } from './config/read.ts';
import { valueOf } from './config/value-ref.ts';
import { UsageError } from './errors.ts';
import type { FixtureSource } from './fixtures/source.ts';
import type { Io } from './io.ts';
import { DEFAULTS, type JudgeRequest } from './judge/request.ts';
import { resolveOption, type Given, type Sources } from './options/resolve.ts';
import { runOptions } from './options/run-options.ts';
import type { OptionSpec } from './options/spec.ts';
import { checkHeader, choiceOf, headerOf, numberOf, pairOf, shardOf, textOf } from './options/values.ts';
import { proxyFor } from './proxy.ts';
import { readExpectedFailures } from './expected-failures.ts';
import { readTls } from './tls.ts';
import { oauthClientOf, type OAuthClient } from './judge/oauth.ts';
import { secretWords } from './secret-words.ts';
import { readToken } from './token.ts';

export interface RunSettings {
  request: JudgeRequest;
  /** As given: `html=report.html`. */
  reports: { text: string; place: string }[];
  /** File for the records that are created. */
  ledger?: string;
  expectedFile?: string;
  updateExpected: boolean;
  dryRun: boolean;
  quiet: boolean;
  verbose: boolean;
  /** Sentences that the user has to know. */
  notices: string[];
}

/** One option after the other, by name. */
class Options {
  readonly #sources: Sources;
  constructor(sources: Sources) {
    this.#sources = sources;
  }

  given(name: string): Given | undefined {
    return resolveOption(specOf(name), this.#sources);
  }
  text(name: string): string | undefined {
    const given = this.given(name);
    return given === undefined ? undefined : textOf(given);
  }
  number(name: string): number | undefined {
    const given = this.given(name);
    return given === undefined ? undefined : numberOf(specOf(name), given);
  }
  milliseconds(name: string): number | undefined {
    const seconds = this.number(name);
    return seconds === undefined ? undefined : seconds * 1000;
  }
  flag(name: string): boolean {
    return this.given(name)?.value === true;
  }
  list(name: string): { text: string; place: string }[] {
    const given = this.given(name);
    if (given === undefined) return [];
    const texts = Array.isArray(given.value) ? given.value : [String(given.value)];
    return texts.map((text) => ({ text, place: given.place }));
  }
}

function specOf(name: string): OptionSpec {
  const spec = runOptions.find((one) => one.name === name);
  if (spec === undefined) throw new TypeError(`There is no option --${name}.`);
  return spec;
}

/**
 * @param flags what was given on the command line, by name
 * @param argument the contract as the command's argument
 * @param io the surroundings
 * @throws UsageError that names the place
 */
export async function readSettings(
  flags: ReadonlyMap<string, string | boolean | string[]>,
  argument: string | undefined,
  io: Pick<Io, 'env' | 'cwd' | 'err'>,
): Promise<RunSettings> {
  const { env } = io;
  const named = resolveOption(specOf('config'), { flags, env, config: new Map() });
  const config = await readConfig(named === undefined ? undefined : textOf(named), io.cwd, (name) =>
    builtinContracts.includes(name),
  );
  const options = new Options({ flags, env, config: config?.values ?? new Map() });
  const flag = flags.get('contract');
  if (argument !== undefined && flag !== undefined && argument !== flag) {
    throw new UsageError(`Two contracts are named, ${argument} and --contract ${String(flag)}; name one.`);
  }
  const url = options.text('url');
  const expectedFile = options.text('expected-failures');
  const updateExpected = options.flag('update-expected');
  if (updateExpected && expectedFile === undefined) {
    throw new UsageError('--update-expected needs to know which file to write: add --expected-failures FILE.');
  }
  const quiet = options.flag('quiet');
  const verbose = options.flag('verbose');
  if (quiet && verbose) throw new UsageError('--quiet and --verbose contradict each other; give one.');
  const shard = options.given('shard');
  if (shard !== undefined && options.number('seed') === undefined) {
    throw new UsageError('A shard needs --seed N, the same for all shards: without it their reports cannot be merged.');
  }
  const seed = options.number('seed') ?? randomInt(2 ** 31);
  const insecure = options.flag('insecure');
  const request: JudgeRequest = {
    contract: argument ?? options.text('contract') ?? DEFAULTS.contract,
    allowRemoteRefs: options.flag('allow-remote-refs'),
    refRoot: options.text('ref-root'),
    overlays: options.list('overlay').map(({ text }) => text),
    url,
    token: await readToken(options.given('token'), options.given('token-file'), config, io),
    oauthClient: oauthClient(options, config, env),
    roleTokens: roleTokens(options, config, env, flags),
    headers: headers(options, config, env),
    secretWords: secretWords({
      token: options.given('token'),
      tokenFile: options.given('token-file'),
      oauthClient: options.given('oauth-client'),
      roleTokens: options.list('role-token').map(({ text, place }) => pairOf(text, place, 'ROLE')[0]),
      headers: options.list('header').map(({ text, place }) => headerOf(text, place)[0]),
      config,
    }),
    fixtures: fixtures(options, config),
    configured: config !== undefined,
    allowWrites: options.flag('allow-writes'),
    cleanup: options.flag('cleanup'),
    waitForSeconds: options.number('wait-for'),
    timeoutMs: options.milliseconds('timeout') ?? DEFAULTS.timeoutMs,
    maxBodyBytes: options.number('max-body') ?? DEFAULTS.maxBodyBytes,
    rateLimit: options.number('rate-limit'),
    proxy: url === undefined ? undefined : proxyFor(url, options.text('proxy'), env),
    ...readTls({ cacert: options.given('cacert'), cert: options.given('cert'), key: options.given('key') }),
    insecure,
    profile: profileOf(options),
    include: options.list('include').map(({ text }) => text),
    exclude: options.list('exclude').map(({ text }) => text),
    readOnly: options.flag('read-only'),
    explore: options.number('explore') ?? DEFAULTS.explore,
    shard: shard === undefined ? undefined : shardOf(shard),
    seed,
    workers: options.number('workers') ?? DEFAULTS.workers,
    consistencyMs: options.milliseconds('consistency') ?? DEFAULTS.consistencyMs,
    maxTimeMs: options.milliseconds('max-time'),
    strict: options.flag('strict'),
    minCoverage: options.number('min-coverage') ?? DEFAULTS.minCoverage,
    bail: options.flag('bail'),
    expectedFailures: expectedFile === undefined ? [] : await readExpectedFailures(expectedFile, updateExpected),
    keepExchanges: false,
  };
  return {
    request,
    reports: options.list('report'),
    ledger: options.text('ledger'),
    expectedFile,
    updateExpected,
    dryRun: options.flag('dry-run'),
    quiet,
    verbose,
    notices: insecure
      ? [
          'WARNING: --insecure takes any certificate. Whoever stands between here and the target can read the token and change every answer.',
        ]
      : [],
  };
}

function profileOf(options: Options): 'core' | 'full' {
  const given = options.given('profile');
  return given !== undefined && choiceOf(given, ['core', 'full']) === 'core' ? 'core' : 'full';
}

function oauthClient(options: Options, config: Config | undefined, env: Io['env']): OAuthClient | undefined {
  const given = options.given('oauth-client');
  const tokenUrl = options.text('oauth-token-url');
  const text = given ? textOf(given) : config?.oauthClient && valueOf(config.oauthClient, env);
  if (text !== undefined) return oauthClientOf(text, given?.place ?? 'oauth-client', tokenUrl);
  if (tokenUrl !== undefined)
    throw new UsageError('--oauth-token-url says where a token is fetched: add --oauth-client ID:SECRET.');
  return undefined;
}

/** The config file's first, then those of the flag or of the environment: a name that is given twice has the latter's value. */
function roleTokens(
  options: Options,
  config: Config | undefined,
  env: Io['env'],
  flags: ReadonlyMap<string, unknown>,
): Record<string, string> {
  const given = new Map(options.list('role-token').map(({ text, place }) => pairOf(text, place, 'ROLE')));
  const place = flags.has('role-token') ? '--role-token' : 'RINGTRUE_ROLE_TOKEN';
  for (const [role, token] of given) if (token.trim() === '') throw new UsageError(`${place}: ${role} has no token.`);
  return { ...valuesOf(config?.roleTokens, given, env), ...Object.fromEntries(given) };
}

function headers(options: Options, config: Config | undefined, env: Io['env']): Record<string, string> {
  const given = new Map(options.list('header').map(({ text, place }) => headerOf(text, place)));
  const fromConfig = Object.entries(valuesOf(config?.headers, given, env));
  const checked = fromConfig.map(([name, value]) => checkHeader(name, value, config?.headers.get(name)?.at ?? ''));
  return { ...Object.fromEntries(checked), ...Object.fromEntries(given) };
}

function valuesOf(
  refs: Config['headers'] | undefined,
  overridden: ReadonlyMap<string, string>,
  env: Io['env'],
): Record<string, string> {
  const entries = [...(refs ?? [])].filter(([name]) => !overridden.has(name));
  return Object.fromEntries(entries.map(([name, ref]) => [name, valueOf(ref, env)]));
}

function fixtures(options: Options, config: Config | undefined): FixtureSource[] {
  const via = options.given('fixture')?.source === 'env' ? 'env' : 'flag';
  const given = new Map(
    options.list('fixture').map(({ text, place }): [string, FixtureSource] => {
      const [name, value] = pairOf(text, place, 'NAME');
      return [name, { name, kind: 'value', value, via, secret: false, place }];
    }),
  );
  return [...given.values(), ...(config?.fixtures ?? []).filter(({ name }) => !given.has(name))];
}
