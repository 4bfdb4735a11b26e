/** Who may ask what (OpenAPI 3.1, Security Requirement Object). */
import type { Contract, Operation, SecurityNeed, SecurityScheme } from '../contract/types.ts';
import { Refusal, type Received } from './model.ts';
import { pairsIn } from './parameters.ts';

/** Credentials that are taken. */
export interface Credentials {
  /** The only ones that are taken; with none given any is. */
  tokens: readonly string[];
  /** A token for each role; it may what its role may. */
  roleTokens: Readonly<Record<string, string>>;
}

/** So that a refusal can be tried without telling the server its tokens: these never let anybody in. */
const evidentlyWrong = /unknown|invalid|expired|revoked/i;

/** @returns the credentials of a run, of which the contract's own for its roles are a part */
export function credentialsOf(
  contract: Contract,
  tokens: readonly string[],
  roleTokens: Readonly<Record<string, string>>,
): Credentials {
  return { tokens, roleTokens: { ...contract.development?.roleTokens, ...roleTokens } };
}

/** @throws Refusal when the request carries no credentials that the operation takes */
export function admit(operation: Operation, received: Received, credentials: Credentials): void {
  if (operation.access.length === 0) return;
  let forbidden = false;
  for (const alternative of operation.access) {
    const outcome = judge(alternative, received, credentials);
    if (outcome === 'in') return;
    if (outcome === 'forbidden') forbidden = true;
  }
  if (forbidden) throw new Refusal('forbidden', 'These credentials are not for this operation.');
  const [first] = operation.access.flat();
  const headers: Record<string, string> = {};
  // RFC 9110 section 15.5.2: a 401 says how to ask.
  headers['www-authenticate'] = first?.scheme.kind === 'basic' ? 'Basic realm="derived"' : 'Bearer';
  throw new Refusal(
    'unauthenticated',
    `Credentials are missing or unknown: ${first ? howTo(first.scheme) : 'none fits'}.`,
    { headers },
  );
}

function howTo({ kind, in: where, parameter }: SecurityScheme): string {
  if (kind === 'apiKey') return `an API key in the ${where ?? 'header'} ${parameter ?? ''}`;
  return kind === 'basic' ? 'Authorization: Basic …' : 'Authorization: Bearer …';
}

function judge(
  needs: readonly SecurityNeed[],
  received: Received,
  { tokens, roleTokens }: Credentials,
): 'in' | 'out' | 'forbidden' {
  let forbidden = false;
  for (const { scheme, roles } of needs) {
    // What a connection or a signature proves is not looked at.
    if (scheme.kind === 'mutualTLS' || scheme.kind === 'other') continue;
    const token = tokenIn(scheme, received);
    if (token === undefined || token === '' || evidentlyWrong.test(token)) return 'out';
    const role = Object.entries(roleTokens).find(([, value]) => value === token)?.[0];
    if (role === undefined && tokens.length > 0 && !tokens.includes(token)) return 'out';
    const isRole = role !== undefined && roles.length > 0;
    if (isRole && !roles.includes(role)) forbidden = true;
  }
  return forbidden ? 'forbidden' : 'in';
}

function tokenIn(
  { kind, in: where, parameter = '' }: SecurityScheme,
  { headers, query }: Received,
): string | undefined {
  if (kind === 'apiKey') {
    if (where === 'query') return pairsIn(query).find(([name]) => name === parameter)?.[1];
    if (where !== 'cookie') return headers[parameter.toLowerCase()];
    const cookies = (headers['cookie'] ?? '').split(/;\s*/);
    return cookies.find((one) => one.startsWith(`${parameter}=`))?.slice(parameter.length + 1);
  }
  const [, scheme = '', value] = /^(\S+)\s+(.+)$/.exec(headers['authorization'] ?? '') ?? [];
  if (kind === 'basic') {
    if (scheme.toLowerCase() !== 'basic') return undefined;
    return Buffer.from(value ?? '', 'base64').toString();
  }
  return scheme.toLowerCase() === 'bearer' ? value : undefined;
}
