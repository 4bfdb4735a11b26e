/** The options of the programmatic API: the flags in the manner of JavaScript. Times are seconds, as everywhere. */
import { randomInt } from 'node:crypto';
import { ruleIds } from '../../rules/index.ts';
import { checkOwnRules, OwnRuleError } from '../../rules/own.ts';
import type { Rule } from '../../rules/types.ts';
import { UsageError } from '../errors.ts';
import type { ExpectedFailure } from '../expected-failures.ts';
import { checkHeader, shardOf } from '../options/values.ts';
import { oauthClientOf } from './oauth.ts';
import { DEFAULTS, type JudgeRequest } from './request.ts';

export interface RunOptions {
  /** `voice-calls` (default), `calldesk`, `aicaller`, or the path or URL of an OpenAPI 3.1 document. */
  contract?: string;
  /** Origin of the target; without it the reference server is started. */
  url?: string;
  token?: string;
  /** `id:secret` of the client that fetches the token (OAuth 2 client credentials). */
  oauthClient?: string;
  /** Where it is fetched, in place of the contract's tokenUrl. */
  oauthTokenUrl?: string;
  /** Role to token. */
  roleTokens?: Record<string, string>;
  headers?: Record<string, string>;
  /** Values that exist on the target, by name. */
  fixtures?: Record<string, string>;
  /** Needed for any target that is not this machine. */
  allowWrites?: boolean;
  /** Delete at the end the records that the run created, where the contract has a DELETE. */
  cleanup?: boolean;
  profile?: 'core' | 'full';
  /** Globs over case ids. */
  include?: string[];
  exclude?: string[];
  readOnly?: boolean;
  /** SHOULD counts like MUST. */
  strict?: boolean;
  bail?: boolean;
  workers?: number;
  /** Requests per second. */
  rateLimit?: number;
  /** Seconds for one request. */
  timeout?: number;
  /** Seconds for the whole run. */
  maxTime?: number;
  /** Seconds until a write has to be visible. */
  consistency?: number;
  /** Seconds to wait for the target. */
  waitFor?: number;
  /** Bytes of one answer. */
  maxBody?: number;
  seed?: number;
  /** Percent of the operations of a document without requirements that have to be judged. */
  minCoverage?: number;
  /** Generated valid requests per write operation. */
  explore?: number;
  /** `1/3` */
  shard?: string;
  expectedFailures?: Pick<ExpectedFailure, 'pattern' | 'causes' | 'reason' | 'expires'>[];
  allowRemoteRefs?: boolean;
  /** The folder that no file of the contract may lie outside of. */
  refRoot?: string;
  /** Paths or URLs of OpenAPI Overlay documents. */
  overlays?: string[];
  proxy?: string;
  /** PEM texts. */
  ca?: string;
  cert?: string;
  key?: string;
  insecure?: boolean;
  /** Keep every exchange in the report, not only those of findings. */
  keepExchanges?: boolean;
  /** Rules of your own, made by `defineRule` of `ringtrue/rules`; they are asked after RingTrue's. */
  rules?: readonly Rule[];
  signal?: AbortSignal;
}

/** A seed for a run that names none. */
export function freshSeed(): number {
  return randomInt(2 ** 31);
}

/**
 * @param options as the caller gave them
 * @param seed for a run that names none
 * @throws UsageError for a value out of its bounds
 */
export function requestOf(options: RunOptions, seed: number): JudgeRequest {
  const { timeout, maxTime, consistency, fixtures = {}, headers = {} } = options;
  for (const name of ['workers', 'rateLimit', 'timeout', 'maxTime', 'maxBody'] as const) atLeast(options, name, true);
  for (const name of ['consistency', 'waitFor', 'seed', 'explore', 'minCoverage'] as const)
    atLeast(options, name, false);
  for (const [name, value] of Object.entries(headers)) checkHeader(name, value, 'headers');
  checkRules(options.rules ?? []);
  return {
    ...DEFAULTS,
    contract: options.contract ?? DEFAULTS.contract,
    allowRemoteRefs: options.allowRemoteRefs ?? DEFAULTS.allowRemoteRefs,
    refRoot: options.refRoot,
    overlays: options.overlays ?? [],
    url: given(options.url),
    token: given(options.token),
    oauthClient:
      given(options.oauthClient) === undefined
        ? undefined
        : oauthClientOf(options.oauthClient ?? '', 'oauthClient', given(options.oauthTokenUrl)),
    roleTokens: options.roleTokens ?? {},
    headers,
    fixtures: Object.entries(fixtures).map(([name, value]) => ({
      name,
      kind: 'value',
      value,
      via: 'config',
      secret: false,
      place: 'fixtures',
    })),
    allowWrites: options.allowWrites ?? DEFAULTS.allowWrites,
    cleanup: options.cleanup ?? DEFAULTS.cleanup,
    waitForSeconds: options.waitFor,
    timeoutMs: timeout === undefined ? DEFAULTS.timeoutMs : timeout * 1000,
    maxBodyBytes: options.maxBody ?? DEFAULTS.maxBodyBytes,
    rateLimit: options.rateLimit,
    proxy: options.proxy,
    ca: options.ca,
    cert: options.cert,
    key: options.key,
    insecure: options.insecure ?? DEFAULTS.insecure,
    profile: options.profile ?? DEFAULTS.profile,
    include: options.include ?? [],
    exclude: options.exclude ?? [],
    readOnly: options.readOnly ?? DEFAULTS.readOnly,
    explore: options.explore ?? DEFAULTS.explore,
    shard: shardFrom(options),
    seed: options.seed ?? seed,
    workers: options.workers ?? DEFAULTS.workers,
    consistencyMs: consistency === undefined ? DEFAULTS.consistencyMs : consistency * 1000,
    maxTimeMs: maxTime === undefined ? DEFAULTS.maxTimeMs : maxTime * 1000,
    strict: options.strict ?? DEFAULTS.strict,
    minCoverage: options.minCoverage ?? DEFAULTS.minCoverage,
    bail: options.bail ?? DEFAULTS.bail,
    expectedFailures: options.expectedFailures ?? [],
    keepExchanges: options.keepExchanges ?? DEFAULTS.keepExchanges,
    rules: options.rules,
  };
}

/** `process.env.API_URL` of a shell that sets it to nothing is none. */
function given(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

type Numbers =
  | 'workers'
  | 'rateLimit'
  | 'timeout'
  | 'maxTime'
  | 'maxBody'
  | 'consistency'
  | 'waitFor'
  | 'seed'
  | 'explore'
  | 'minCoverage';

function atLeast(options: RunOptions, name: Numbers, more: boolean): void {
  const value = options[name];
  if (value === undefined) return;
  if (!Number.isFinite(value) || value < 0 || (more && value === 0)) {
    throw new UsageError(`${name} has to be a number ${more ? 'above 0' : 'from 0 up'}, not ${String(value)}.`);
  }
}

/** Whoever hands over something else is told so before anything is sent. */
function checkRules(rules: readonly Rule[]): void {
  try {
    checkOwnRules(rules, new Set(ruleIds));
  } catch (error) {
    throw error instanceof OwnRuleError ? new UsageError(error.message) : error;
  }
}

/** Without a seed of its own each shard would ask something else, and their reports could not be merged. */
function shardFrom({ shard, seed }: RunOptions): JudgeRequest['shard'] {
  if (shard === undefined) return undefined;
  if (seed === undefined)
    throw new UsageError('A shard needs a seed, the same for all shards: without it their reports cannot be merged.');
  return shardOf({ value: shard, source: 'flag', place: 'shard' });
}
