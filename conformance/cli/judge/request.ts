/** What a run is asked to do: everything that flags, environment, config file and the programmatic API can say, checked. */
import type { OAuthClient } from './oauth.ts';
import type { Shard } from '../options/values.ts';
import type { FixtureSource } from '../fixtures/source.ts';
import type { Rule } from '../../rules/types.ts';
import type { SecretWords, SuiteOptions } from '../../run/index.ts';

export interface JudgeRequest {
  /** Name, path or URL. */
  contract: string;
  allowRemoteRefs: boolean;
  /** The folder that no file of the contract may lie outside of. */
  refRoot?: string;
  /** OpenAPI Overlay documents, in the order in which they are applied. */
  overlays: string[];
  /** Without it the reference server is started. */
  url?: string;
  token?: string;
  /** Who fetches the token, where none is given. */
  oauthClient?: OAuthClient;
  roleTokens: Record<string, string>;
  headers: Record<string, string>;
  /** How a shell finds tokens and headers again. */
  secretWords?: SecretWords;
  fixtures: FixtureSource[];
  /** Whether a config file was read: then nothing is made up. */
  configured: boolean;
  allowWrites: boolean;
  /** Delete at the end what the run created. */
  cleanup: boolean;
  waitForSeconds?: number;
  timeoutMs: number;
  maxBodyBytes: number;
  rateLimit?: number;
  proxy?: string;
  ca?: string;
  cert?: string;
  key?: string;
  insecure: boolean;
  profile: 'core' | 'full';
  include: string[];
  exclude: string[];
  readOnly: boolean;
  explore: number;
  shard?: Shard;
  seed: number;
  workers: number;
  consistencyMs: number;
  maxTimeMs?: number;
  strict: boolean;
  minCoverage: number;
  bail: boolean;
  expectedFailures: SuiteOptions['expectedFailures'];
  keepExchanges: boolean;
  /** Rules of the user's own. */
  rules?: readonly Rule[];
}

/** What a run that is told nothing does; the flags' table says the same. */
export const DEFAULTS = {
  contract: 'voice-calls',
  allowRemoteRefs: false,
  overlays: [],
  roleTokens: {},
  headers: {},
  fixtures: [],
  configured: false,
  allowWrites: false,
  cleanup: false,
  timeoutMs: 10_000,
  maxBodyBytes: 10 * 1024 * 1024,
  insecure: false,
  profile: 'full',
  include: [],
  exclude: [],
  readOnly: false,
  explore: 0,
  workers: 8,
  consistencyMs: 0,
  maxTimeMs: 1_800_000,
  strict: false,
  minCoverage: 50,
  bail: false,
  expectedFailures: [],
  keepExchanges: false,
} as const satisfies Omit<JudgeRequest, 'seed'>;
