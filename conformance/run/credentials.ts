/** Puts a token where the contract's security scheme wants it (OpenAPI 3.1, Security Scheme Object). */
import type { Operation, SecurityScheme } from '../contract/types.ts';
import type { Auth } from '../rules/types.ts';

export interface Credentials {
  headers: Record<string, string>;
  query: [string, string][];
}

/** Nobody gave this out; as long and as plain as a real one. */
export const unknownToken = 'ringtrue-unknown-token-0000';

/**
 * @param operation the operation to be asked
 * @param auth whose credentials
 * @param token the run's own token
 * @param roleTokens a token per role
 */
export function credentialsFor(
  operation: Operation,
  auth: Auth,
  token: string | undefined,
  roleTokens: Readonly<Record<string, string>>,
): Credentials {
  const none: Credentials = { headers: {}, query: [] };
  const scheme = operation.security[0]?.scheme;
  if (!scheme || auth === 'none') return none;
  if (auth === 'main') return token === undefined ? none : place(scheme, token);
  if ('role' in auth) return place(scheme, roleTokens[auth.role] ?? '');
  if ('garbage' in auth) return place(scheme, unknownToken);
  return { headers: { authorization: `Basic ${token ?? unknownToken}` }, query: [] };
}

function place(scheme: SecurityScheme, token: string): Credentials {
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
