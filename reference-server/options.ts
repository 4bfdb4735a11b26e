/** The four roles that a voice-calls token can have. */
export type Role = 'staff' | 'app' | 'directory' | 'client';

/** What the reference server can be told. Everything has a default that suits a developer's machine. */
export interface ReferenceServerOptions {
  /** `voice-calls`: token to role. */
  readonly roleTokens?: Readonly<Record<string, Role>>;
  /** `calldesk`: the tokens it takes. */
  readonly calldeskTokens?: readonly string[];
  /** `calldesk`: the caller ids it takes. Defaults to two, or, when only unverified ones are named, to every other one. */
  readonly verifiedCallerIds?: readonly string[];
  /** `calldesk`: caller ids it refuses with 422, whatever the list above says. */
  readonly unverifiedCallerIds?: readonly string[];
  /** `aicaller`: the API keys it takes. */
  readonly apiKeys?: readonly string[];
  /** Records that each API keeps before it answers 507. */
  readonly recordLimit?: number;
  /** Bytes of request bodies whose records each API keeps before it answers 507. */
  readonly byteLimit?: number;
  /** Bytes of one request body; a longer one earns 413. */
  readonly bodyLimit?: number;
  /** Lets any web page call the server. Off unless asked for. */
  readonly cors?: boolean;
  /** The present, in milliseconds since 1970. */
  readonly clock?: () => number;
  /** A folder of static pages to serve under `/docs`. */
  readonly docsDirectory?: string;
}

/** The options with every gap filled. */
export interface Settings {
  readonly roleTokens: ReadonlyMap<string, Role>;
  readonly calldeskTokens: ReadonlySet<string>;
  readonly isVerifiedCallerId: (callerId: string) => boolean;
  readonly apiKeys: ReadonlySet<string>;
  readonly recordLimit: number;
  readonly byteLimit: number;
  readonly bodyLimit: number;
  readonly cors: boolean;
  readonly clock: () => number;
  readonly docsDirectory: string | undefined;
}

/** Tokens, keys and caller ids that the server takes unless told otherwise; `ringtrue serve` prints them. */
export const DEFAULTS = {
  roleTokens: { 'staff-token': 'staff', 'app-token': 'app', 'directory-token': 'directory', 'client-token': 'client' },
  calldeskTokens: ['calldesk_test'],
  verifiedCallerIds: ['+14155550123', '+14155550124'],
  apiKeys: ['test-key'],
  recordLimit: 200_000,
  byteLimit: 512 * 1024 * 1024,
  bodyLimit: 1024 * 1024,
} as const satisfies ReferenceServerOptions;

/**
 * Fills the gaps in the options.
 * @param options what the caller said
 * @returns complete settings
 */
export function settingsFrom(options: ReferenceServerOptions): Settings {
  const unverified = new Set(options.unverifiedCallerIds);
  const named =
    options.verifiedCallerIds ?? (options.unverifiedCallerIds === undefined ? DEFAULTS.verifiedCallerIds : undefined);
  const verified = named === undefined ? undefined : new Set<string>(named);
  return {
    roleTokens: new Map(Object.entries<Role>(options.roleTokens ?? DEFAULTS.roleTokens)),
    calldeskTokens: new Set(options.calldeskTokens ?? DEFAULTS.calldeskTokens),
    isVerifiedCallerId: (callerId) => !unverified.has(callerId) && (verified === undefined || verified.has(callerId)),
    apiKeys: new Set(options.apiKeys ?? DEFAULTS.apiKeys),
    recordLimit: options.recordLimit ?? DEFAULTS.recordLimit,
    byteLimit: options.byteLimit ?? DEFAULTS.byteLimit,
    bodyLimit: options.bodyLimit ?? DEFAULTS.bodyLimit,
    cors: options.cors ?? false,
    clock: options.clock ?? Date.now,
    docsDirectory: options.docsDirectory,
  };
}
