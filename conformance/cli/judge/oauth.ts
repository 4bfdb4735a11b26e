/** Fetches the run's token by the client's own credentials (OAuth 2.0, RFC 6749 section 4.4). */
import { textOf } from '../../contract/resolve.ts';
import type { Contract } from '../../contract/types.ts';
import { createTarget, type TokenSource } from '../../target/index.ts';
import { parseAddress } from '../../target/address.ts';
import type { TargetOptions } from '../../target/types.ts';
import { UsageError } from '../errors.ts';

/** What the user gave. */
export interface OAuthClient {
  id: string;
  secret: string;
  /** In place of the document's. */
  tokenUrl?: string;
  /** `--oauth-client` or its environment name. */
  place: string;
}

/** Nobody answered where tokens are fetched: nothing can be judged. */
export class TokenUnreachableError extends Error {
  override name = 'TokenUnreachableError';
}

/** A token is fetched anew so long before it expires. */
const EARLY_MS = 10_000;

/**
 * @param text `id:secret`
 * @param place how messages call where it stands
 * @throws UsageError when it is no such pair; the message does not hold it
 */
export function oauthClientOf(text: string, place: string, tokenUrl: string | undefined): OAuthClient {
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1)
    throw new UsageError(`${place} has to be ID:SECRET, the client's id and its secret with a colon between them.`);
  return { id: text.slice(0, colon), secret: text.slice(colon + 1), tokenUrl, place };
}

/**
 * @param contract whose security schemes say where tokens are fetched
 * @param client who fetches them
 * @param url the target: what a relative address is relative to
 * @throws UsageError when no scheme says it, or a secret would go over a line that others can read
 */
function tokenEndpointOf(contract: Contract, client: OAuthClient, url: string): URL {
  const said = contract.operations
    .flatMap(({ security }) => security.map(({ scheme }) => scheme.tokenUrl))
    .find((one) => one !== undefined);
  const wanted = client.tokenUrl ?? said;
  if (wanted === undefined)
    throw new UsageError(
      `${client.place}: no security scheme of ${contract.name} has a flow clientCredentials with a tokenUrl. Give it with --oauth-token-url URL.`,
    );
  const base = url.endsWith('/') ? url : `${url}/`;
  if (!URL.canParse(wanted, base) || !/^https?:$/.test(new URL(wanted, base).protocol))
    throw new UsageError(
      `The token URL ${JSON.stringify(wanted)} is no http or https URL. Give another with --oauth-token-url URL.`,
    );
  const endpoint = new URL(wanted, base);
  if (endpoint.protocol === 'http:' && !parseAddress(endpoint.origin).loopback)
    throw new UsageError(
      `The token URL ${endpoint.href} is not https: whoever stands between could read the client's secret. Give another with --oauth-token-url URL.`,
    );
  return endpoint;
}

/** The scopes that the operations name, in the document's order. */
function scopesOf({ operations }: Contract): string[] {
  return [
    ...new Set(
      operations.flatMap(({ security }) =>
        security.flatMap(({ scheme, roles }) => (scheme.tokenUrl === undefined ? [] : roles)),
      ),
    ),
  ];
}

/**
 * @param contract whose security schemes say where tokens are fetched
 * @param client who fetches them, if somebody does
 * @param reach the target, and how this machine reaches others
 * @returns the tokens of a run, the first of which is fetched already
 * @throws UsageError when the client is refused; TokenUnreachableError when nobody answers there
 */
export async function tokensFor(
  contract: Contract,
  client: OAuthClient | undefined,
  reach: TargetOptions,
): Promise<TokenSource | undefined> {
  if (!client) return undefined;
  const { url, headers: _ofTheTarget, ...others } = reach;
  return openTokens(client, tokenEndpointOf(contract, client, url), scopesOf(contract), others);
}

/**
 * @param client who fetches tokens
 * @param endpoint where
 * @param scopes asked for first; a client that may not have them all is given what it may have
 * @param reach how this machine reaches others: proxy, authorities, time limits
 */
async function openTokens(
  client: OAuthClient,
  endpoint: URL,
  scopes: readonly string[],
  reach: Omit<TargetOptions, 'url' | 'headers'>,
): Promise<TokenSource> {
  const now = (): number => performance.now();
  const fetchOne = (): Promise<Fetched> => fetchToken(client, endpoint, scopes, reach);
  let held = await fetchOne();
  const first = held.token;
  const all = [first];
  let renewing: Promise<string | undefined> | undefined;
  const renew = (stale: string): Promise<string | undefined> => {
    // Several requests are refused at once: one new token is enough for them.
    if (stale !== held.token) return Promise.resolve(held.token);
    renewing ??= fetchOne()
      .then(
        (fetched) => {
          held = fetched;
          if (!all.includes(fetched.token)) all.push(fetched.token);
          return fetched.token;
        },
        () => undefined,
      )
      .finally(() => {
        renewing = undefined;
      });
    return renewing;
  };
  return {
    first,
    current: async () => (now() < held.until ? held.token : ((await renew(held.token)) ?? held.token)),
    renew,
    all: () => all,
  };
}

interface Fetched {
  token: string;
  /** When it has to be fetched anew, on the monotonic clock. */
  until: number;
}

async function fetchToken(
  client: OAuthClient,
  endpoint: URL,
  scopes: readonly string[],
  reach: Omit<TargetOptions, 'url' | 'headers'>,
): Promise<Fetched> {
  // Loaded here, as most runs fetch no token.
  const oauth = await import('oauth4webapi');
  // The library wants https everywhere; what goes over plain http to this machine itself was let through before.
  const secure = endpoint.href.replace(/^http:/, 'https:');
  const server = { issuer: new URL(secure).origin, token_endpoint: secure };
  const carrier = createTarget({ ...reach, url: endpoint.origin, secrets: [...reach.secrets, client.secret] });
  const ask = async (basic: boolean, scope: string): Promise<Fetched> => {
    const own = { client_id: client.id };
    const authentication = basic ? oauth.ClientSecretBasic(client.secret) : oauth.ClientSecretPost(client.secret);
    const answer = await oauth.clientCredentialsGrantRequest(
      server,
      own,
      authentication,
      new URLSearchParams(scope === '' ? {} : { scope }),
      {
        [oauth.customFetch]: async (_url, { method, headers, body }) => {
          const exchange = await carrier.send({
            operation: 'token',
            method,
            path: endpoint.pathname + endpoint.search,
            headers,
            body: String(body),
          });
          const { response, error } = exchange;
          if (!response) throw new TokenUnreachableError(error?.message ?? 'no answer came');
          return new Response(response.body, { status: response.status, headers: response.headers });
        },
      },
    );
    const { access_token: token, expires_in: seconds } = await oauth.processClientCredentialsResponse(
      server,
      own,
      answer,
    );
    return { token, until: seconds === undefined ? Infinity : performance.now() + seconds * 1000 - EARLY_MS };
  };
  const errorOf = (error: unknown): string | undefined =>
    error instanceof oauth.ResponseBodyError
      ? error.error
      : error instanceof oauth.WWWAuthenticateChallengeError
        ? 'invalid_client'
        : undefined;
  let basic = true;
  let scope = scopes.join(' ');
  try {
    for (;;) {
      try {
        return await ask(basic, scope);
      } catch (error) {
        const word = errorOf(error);
        // The two ways of RFC 6749 section 2.3.1; and a client need not be given every scope (section 5.2).
        if (word === 'invalid_client' && basic) basic = false;
        else if (word === 'invalid_scope' && scope !== '') scope = '';
        else throw error;
      }
    }
  } catch (error) {
    throw toldError(error, errorOf(error), client, endpoint, (text) => carrier.mask(text));
  } finally {
    await carrier.close();
  }
}

/** One sentence of what went wrong; the secret is in none. */
function toldError(
  error: unknown,
  word: string | undefined,
  client: OAuthClient,
  endpoint: URL,
  mask: (text: string) => string,
): Error {
  const message = error instanceof Error ? error.message : String(error);
  const where = `${endpoint.origin}${endpoint.pathname}`;
  if (error instanceof TokenUnreachableError)
    return new TokenUnreachableError(mask(`No token could be fetched at ${where}: ${message.replace(/\.$/, '')}.`));
  if (word === undefined)
    return new UsageError(
      mask(
        `${where} answered no token (${message.replace(/\.$/, '')}). Give the address of the token endpoint with --oauth-token-url URL.`,
      ),
    );
  const said =
    typeof error === 'object' && error !== null && 'error_description' in error ? error.error_description : '';
  const described = textOf(said) === '' ? '' : `: ${textOf(said)}`;
  return new UsageError(mask(`${where} refused the client of ${client.place} with ${word}${described}.`));
}
