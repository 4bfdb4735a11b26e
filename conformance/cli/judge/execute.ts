/** Runs what was prepared: starts or awaits the target, resolves fixtures, asks, and gives back the report. */
import type { Report, TransportError } from '../../model/index.ts';
import { namesIn, runSuite, type SecretWords, type SuiteEvent, type SuiteOptions } from '../../run/index.ts';
import {
  createTarget,
  renewingTarget,
  SHORTEST_MASKED,
  waitFor,
  type Target,
  type TokenSource,
} from '../../target/index.ts';
import type { TargetOptions } from '../../target/types.ts';
import { startEmbedded, type Embedded } from '../embedded.ts';
import { resolveFixtures, type Resolved } from '../fixtures/resolve.ts';
import { TOOL } from '../version.ts';
import { tokensFor, TokenUnreachableError } from './oauth.ts';
import { refuseWhatMayNotBe, type Prepared } from './prepare.ts';
import { headerSecrets } from './secrets.ts';

/** All the waiting that a target may ask for with Retry-After, in one run. */
const RETRY_AFTER_BUDGET_MS = 60_000;

export interface ExecuteOptions {
  env: Readonly<Record<string, string | undefined>>;
  signal?: AbortSignal;
  onEvent?: (event: SuiteEvent) => void;
  /** Sentences for the user, while it runs. */
  say?: (sentence: string) => void;
}

/**
 * @throws UsageError when it may not begin, before any request; OwnMistakeError for what is RingTrue's own fault
 */
export async function execute(prepared: Prepared, options: ExecuteOptions): Promise<Report> {
  await refuseWhatMayNotBe(prepared);
  for (const notice of prepared.access.notices) options.say?.(notice);
  const names = namesIn(prepared.contract);
  if ([...secretsOf(prepared), ...credentials(prepared)].some((secret) => names.has(secret)))
    options.say?.(
      'A secret is the same word as a name in the contract: it is masked in what is sent and answered, and the name is left in findings.',
    );
  if ([...secretsOf(prepared), ...credentials(prepared)].some(({ length }) => length > 0 && length < SHORTEST_MASKED))
    options.say?.(
      `A secret has fewer than ${String(SHORTEST_MASKED)} characters: it is masked where it stands alone, and not inside of words.`,
    );
  const embedded = prepared.access.url === undefined ? await startEmbedded(prepared.contract) : undefined;
  try {
    return await executeOn(prepared, options, embedded);
  } finally {
    await embedded?.close();
  }
}

async function executeOn(planned: Prepared, options: ExecuteOptions, embedded: Embedded | undefined): Promise<Report> {
  const { request, contract } = planned;
  const { signal, onEvent, say, env } = options;
  const target = targetOptions(planned, embedded?.url ?? planned.access.url ?? '');
  const secrets = secretsOf(planned);
  const known: TargetOptions = { ...target, secrets: [...secrets, ...credentials(planned)], signal };
  const unanswered = await awaitTarget(planned, known, say);
  const { tokens, trouble: tokenless } = unanswered ? {} : await fetchTokens(planned, known);
  const silence = unanswered ?? tokenless;
  const prepared = tokens ? { ...planned, access: { ...planned.access, token: tokens.first } } : planned;
  const { access } = prepared;
  const reach: TargetOptions = { ...known, secrets: [...secrets, ...credentials(prepared)] };
  const { fixtures, created, ...resolved } = silence
    ? nothing(silence)
    : await resolve(prepared, reach, { env, onEvent });
  // Who interrupts it gets a report all the same, with what was created so far.
  const trouble = signal?.aborted === true ? undefined : resolved.trouble;
  const stop = trouble ? stopped(trouble) : signal;
  const report = await runSuite({
    contract,
    target,
    token: access.token,
    roleTokens: access.roleTokens,
    secrets: [...secrets, ...fixtures.filter(({ secret }) => secret).map(({ value }) => value)],
    secretWords: withDevelopmentTokens(prepared),
    fixtures,
    profile: request.profile,
    include: request.include,
    exclude: request.exclude,
    readOnly: request.readOnly,
    strict: request.strict,
    minCoverage: request.minCoverage,
    bail: request.bail,
    workers: request.workers,
    seed: request.seed,
    consistencyMs: request.consistencyMs,
    maxTimeMs: request.maxTimeMs,
    spentMs: prepared.spentMs,
    explore: request.explore,
    shard: request.shard,
    expectedFailures: request.expectedFailures,
    keepExchanges: request.keepExchanges,
    tool: TOOL,
    validators: prepared.validators,
    cleanup: request.cleanup ? { created } : undefined,
    // A fixture that found no value changes what can be asked.
    planned: fixtures.length === access.fixtures.length ? prepared.cases : undefined,
    signal: stop,
    onEvent,
    ...(tokens ? { openTarget: (opened: TargetOptions) => renewingTarget(createTarget(opened), tokens) } : {}),
  } satisfies SuiteOptions);
  return {
    ...report,
    // Nothing was asked, so there is nothing else to be said.
    notes: trouble ? [trouble.message] : report.notes,
    ledger: [...created, ...report.ledger],
  };
}

/** @returns how the target is reached */
export function targetOptions({ request }: Pick<Prepared, 'request'>, url: string): SuiteOptions['target'] {
  const { headers, timeoutMs, maxBodyBytes, rateLimit, proxy, ca, cert, key, insecure, maxTimeMs, allowWrites } =
    request;
  return {
    url,
    headers,
    timeoutMs,
    maxBodyBytes,
    rateLimit,
    retryAfterBudgetMs: Math.min(RETRY_AFTER_BUDGET_MS, maxTimeMs ?? Infinity),
    proxy,
    ca,
    cert,
    key,
    insecure,
    elsewhere: allowWrites,
  };
}

/** The reference server's tokens stand in its contract for everybody to read. */
function withDevelopmentTokens({ request, contract, access }: Prepared): SecretWords {
  const { token, roles, headers } = request.secretWords ?? {};
  const development = contract.development?.token;
  return {
    token: request.token === undefined && access.token === development ? development : token,
    roles: {
      ...Object.fromEntries(Object.entries(access.roleTokens).filter(([role]) => !(role in request.roleTokens))),
      ...roles,
    },
    headers,
  };
}

/** @returns the tokens of the run */
export function credentials({ access }: Pick<Prepared, 'access'>): string[] {
  return [...(access.token === undefined ? [] : [access.token]), ...Object.values(access.roleTokens)];
}

/** @returns what else must not be shown: of headers, roles and fixtures */
export function secretsOf({ request, access }: Pick<Prepared, 'request' | 'access'>): string[] {
  const known = access.fixtures.flatMap((one) => (one.secret && one.kind === 'value' ? [one.value] : []));
  // A role's token that this contract has no use for is a secret all the same.
  const client = request.oauthClient ? [request.oauthClient.secret] : [];
  return [...headerSecrets(request.headers), ...Object.values(request.roleTokens), ...client, ...known];
}

/** The first token of a client, or why there is none. @throws UsageError when the client is refused */
async function fetchTokens(
  { request, contract }: Pick<Prepared, 'request' | 'contract'>,
  reach: TargetOptions,
): Promise<{ tokens?: TokenSource; trouble?: TransportError }> {
  try {
    return { tokens: await tokensFor(contract, request.oauthClient, reach) };
  } catch (error) {
    if (error instanceof TokenUnreachableError) return { trouble: { kind: 'other', message: error.message } };
    throw error;
  }
}

async function awaitTarget(
  { request, access }: Prepared,
  reach: TargetOptions,
  say: ExecuteOptions['say'],
): Promise<TransportError | undefined> {
  if (request.waitForSeconds === undefined || access.address === undefined) return undefined;
  say?.(`waiting up to ${String(request.waitForSeconds)} s for ${access.address.origin}`);
  return waitFor(reach, request.waitForSeconds);
}

async function resolve(
  { request, contract, access }: Prepared,
  reach: TargetOptions,
  { env, onEvent }: Pick<ExecuteOptions, 'env' | 'onEvent'>,
): Promise<Resolved> {
  let target: Target | undefined;
  const secret = access.fixtures.flatMap((one) => (one.secret && one.kind === 'env' ? [env[one.variable] ?? ''] : []));
  try {
    return await resolveFixtures(access.fixtures, {
      contract,
      token: access.token,
      env,
      mayCreate: !request.readOnly,
      target: () => (target ??= createTarget({ ...reach, secrets: [...reach.secrets, ...secret] })),
      onExchange: (exchange) => onEvent?.({ type: 'exchange', exchange }),
      onRecord: (entry) => onEvent?.({ type: 'record', entry }),
    });
  } finally {
    await target?.close();
  }
}

function nothing(trouble: TransportError): Resolved {
  return { fixtures: [], created: [], trouble };
}

/** A run that is over before it began: every case is there, not tested, and the report says why. */
function stopped(trouble: TransportError): AbortSignal {
  return AbortSignal.abort({ kind: 'budget', message: trouble.message });
}
