/** Puts a token where the contract's security scheme wants it (OpenAPI 3.1, Security Scheme Object). */
import type { Operation, SecurityScheme } from '../contract/types.ts';
import type { Auth } from '../rules/types.ts';

export interface Credentials {
  headers: Record<string, string>;
  query: [string, string][];
  /** Names of headers of the run that must not go with the request, in lower case. */
  without: string[];
}

/** Nobody gave this out; as long and as plain as a real one. */
export const unknownToken = 'ringtrue-unknown-token-0000';

/**
 * @param operation the operation to be asked
 * @param auth whose credentials
 * @param token the run's own token
 * @param roleTokens a token per role
 * @param given headers that go with every request of the run; those among them that are credentials give way to other ones
 */
export function credentialsFor(
  operation: Operation,
  auth: Auth,
  token: string | undefined,
  roleTokens: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>> = {},
): Credentials {
  const schemes = schemesFor(operation, given);
  if (auth === 'main')
    return {
      ...(token === undefined ? { headers: {}, query: [] } : placed(uncarried(schemes, given), token)),
      without: [],
    };
  const carriers = carriersOf(operation, token, given);
  const none: Credentials = { headers: {}, query: [], without: ['authorization', ...carriers.keys()] };
  if (schemes.length === 0 || auth === 'none') return none;
  if ('role' in auth) return { ...none, ...placed(schemes, roleTokens[auth.role] ?? '') };
  if ('garbage' in auth) {
    const { headers, query } = placed(schemes, unknownToken);
    const replaced = [...carriers].map(([name, value]) => [name, garbled(name, value, operation)]);
    return { ...none, headers: { ...headers, ...(Object.fromEntries(replaced) as Record<string, string>) }, query };
  }
  const known = token ?? /^bearer\s+(.+)$/i.exec(carriers.get('authorization') ?? '')?.[1] ?? unknownToken;
  return { ...none, headers: { authorization: `Basic ${known}` } };
}

/** Whether a token can be put where a scheme wants it. */
function isPlaceable({ kind }: SecurityScheme): boolean {
  return kind === 'bearer' || kind === 'basic' || kind === 'apiKey';
}

/**
 * The schemes of one alternative, all of which go with a request (OpenAPI 3.1, Security Requirement Object): of the first of which each
 * can be served, else of the first.
 */
function schemesFor({ access, security }: Operation, given: Readonly<Record<string, string>>): SecurityScheme[] {
  const alternatives = access.length > 0 ? access : [security.slice(0, 1)];
  const served = alternatives.find((needs) =>
    needs.every(({ scheme }) => isPlaceable(scheme) || scheme.kind === 'mutualTLS' || isCarried(scheme, given)),
  );
  return (served ?? alternatives[0] ?? []).map(({ scheme }) => scheme);
}

/** Several schemes need several credentials: what a header of the run brings needs no token; where they bring all, the token wins. */
function uncarried(schemes: SecurityScheme[], given: Readonly<Record<string, string>>): SecurityScheme[] {
  const open = schemes.filter((scheme) => !isCarried(scheme, given));
  return open.length > 0 ? open : schemes;
}

function isCarried(scheme: SecurityScheme, given: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(given).map((name) => name.toLowerCase());
  if (scheme.kind === 'apiKey' && scheme.in === 'query') return false;
  if (scheme.kind === 'apiKey' && scheme.in === 'cookie')
    return Object.entries(given).some(
      ([name, value]) =>
        name.toLowerCase() === 'cookie' &&
        value.split(/;\s*/).some((one) => one.startsWith(`${scheme.parameter ?? ''}=`)),
    );
  return names.includes(headerOf(scheme) ?? 'authorization');
}

function placed(schemes: readonly SecurityScheme[], token: string): Pick<Credentials, 'headers' | 'query'> {
  const places = schemes.map((scheme) => place(scheme, token));
  const cookies = places.flatMap(({ headers }) => headers.cookie ?? []);
  return {
    headers: {
      ...(Object.assign({}, ...places.map(({ headers }) => headers)) as Record<string, string>),
      ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}),
    },
    query: places.flatMap(({ query }) => query),
  };
}

/** What a header is called that tells who asks, where the contract does not say so. */
const TELLING = /auth|token|secret|session|credential|(?:^|[-_])key(?:$|[-_])|api-?key/i;

/**
 * Headers of the run by which a target knows who asks: those of the contract's schemes, `Authorization` and cookies; where neither
 * these nor a token are given, those that are called so.
 */
function carriersOf(
  { security }: Operation,
  token: string | undefined,
  given: Readonly<Record<string, string>>,
): Map<string, string> {
  const all = Object.entries(given).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  const named = new Set(security.flatMap(({ scheme }) => headerOf(scheme) ?? []));
  const sure = all.filter(([name]) => name === 'authorization' || name === 'cookie' || named.has(name));
  const carriers = sure.length > 0 || token !== undefined ? sure : all.filter(([name]) => TELLING.test(name));
  return new Map(carriers);
}

function headerOf(scheme: SecurityScheme): string | undefined {
  return scheme.kind === 'apiKey' && scheme.in === 'header' ? scheme.parameter?.toLowerCase() : undefined;
}

/** The same header with credentials that nobody gave out, in the form that it had. */
function garbled(name: string, value: string, { security }: Operation): string {
  if (name === 'cookie') {
    const cookies = new Set(
      security.flatMap(({ scheme }) => (scheme.in === 'cookie' && scheme.parameter ? scheme.parameter : [])),
    );
    const parts = value.split(/;\s*/).map((part) => [part.split('=', 1)[0] ?? '', part] as const);
    const known = parts.some(([cookie]) => cookies.has(cookie));
    return parts
      .map(([cookie, part]) => (!known || cookies.has(cookie) ? `${cookie}=${unknownToken}` : part))
      .join('; ');
  }
  const scheme = /^(\S+)\s+\S/.exec(value)?.[1];
  if (name !== 'authorization' || scheme === undefined) return unknownToken;
  return scheme.toLowerCase() === 'basic'
    ? `${scheme} ${Buffer.from(`ringtrue:${unknownToken}`).toString('base64')}`
    : `${scheme} ${unknownToken}`;
}

function place(scheme: SecurityScheme, token: string): Pick<Credentials, 'headers' | 'query'> {
  switch (scheme.kind) {
    case 'bearer':
      return { headers: { authorization: `Bearer ${token}` }, query: [] };
    case 'basic':
      return { headers: { authorization: `Basic ${Buffer.from(token).toString('base64')}` }, query: [] };
    case 'apiKey': {
      const name = scheme.parameter ?? 'authorization';
      if (scheme.in === 'query') return { headers: {}, query: [[name, token]] };
      return {
        headers: scheme.in === 'cookie' ? { cookie: `${name}=${token}` } : { [name.toLowerCase()]: token },
        query: [],
      };
    }
    case 'mutualTLS':
    case 'other':
      return { headers: {}, query: [] };
  }
}
