/** With which credentials and values a target is asked, and whether some are made up. */
import { builtinContracts } from '../../contract/load.ts';
import type { Contract } from '../../contract/types.ts';
import type { FixtureSource } from '../fixtures/source.ts';
import { parseAddress, type Address } from '../../target/address.ts';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../suggest.ts';
import type { JudgeRequest } from './request.ts';

export interface Access {
  /** Undefined: the reference server, which is yet to be started. */
  address?: Address;
  url?: string;
  token?: string;
  roleTokens: Record<string, string>;
  fixtures: FixtureSource[];
  /** Sentences that the user has to know. */
  notices: string[];
}

/**
 * @param request what was asked
 * @param contract the contract
 * @throws UsageError when the URL is none, or a role or fixture is given that the contract does not know
 */
export function accessOf(request: JudgeRequest, contract: Contract): Access {
  if (request.token !== undefined && request.oauthClient !== undefined)
    throw new UsageError(`A token is given, and ${request.oauthClient.place} to fetch one; give one of them.`);
  const roles = knownRoles(request, contract);
  const values = knownFixtures(request, contract);
  const given: Access = {
    token: request.token,
    roleTokens: roles.known,
    fixtures: values.known,
    notices: [...roles.notices, ...values.notices],
  };
  if (request.url === undefined) {
    if (contract.development === undefined) throw new UsageError(noServerFor(contract));
    return withDevelopmentValues(given, contract);
  }
  const address = addressOf(request.url);
  const access = { ...given, address, url: request.url };
  if (!address.loopback || !nothingGiven(request) || address.credentials !== undefined) return access;
  const filled = withDevelopmentValues(access, contract);
  const made = [
    ...(filled.token === undefined ? [] : [`the token ${filled.token}`]),
    ...filled.fixtures.map(({ name, ...source }) => `${name}=${source.kind === 'value' ? source.value : ''}`),
  ];
  if (made.length === 0) return access;
  const notice = `no token and no fixture given: taking the reference server's, ${made.join(', ')}`;
  return { ...filled, notices: [...filled.notices, notice] };
}

/** For a contract that the reference server does not speak. */
export function noServerFor({ file, name }: Contract): string {
  return `--url is missing: the reference server speaks ${builtinContracts.join(', ')}, and not ${file ?? name}.`;
}

function addressOf(url: string): Address {
  try {
    return parseAddress(url);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // A password in a URL that is none is a secret all the same.
    throw new UsageError(`--url: ${message.replace(/\/\/[^/\s]*@/, '//***@')}.`);
  }
}

/** Whoever says anything about a target knows it, and then nothing is guessed. */
function nothingGiven({ token, oauthClient, roleTokens, headers, fixtures, configured }: JudgeRequest): boolean {
  return (
    token === undefined &&
    oauthClient === undefined &&
    Object.keys(roleTokens).length === 0 &&
    Object.keys(headers).length === 0 &&
    fixtures.length === 0 &&
    !configured
  );
}

/** What the reference server takes, wherever the user said nothing. */
export function withDevelopmentValues(access: Access, contract: Contract): Access {
  const named = new Set(access.fixtures.map(({ name }) => name));
  const made = contract.fixtures.flatMap(({ name, development }): FixtureSource[] =>
    development === undefined || named.has(name)
      ? []
      : [{ name, kind: 'value', value: development, via: 'default', secret: false, place: 'the contract' }],
  );
  return {
    ...access,
    token: access.token ?? contract.development?.token,
    roleTokens: { ...contract.development?.roleTokens, ...access.roleTokens },
    fixtures: [...access.fixtures, ...made],
  };
}

/** Roles of the contract, in its order. */
export function rolesOf(contract: Contract): string[] {
  return [...new Set(contract.operations.flatMap(({ security }) => security.flatMap(({ roles }) => roles)))];
}

/**
 * A slip of the finger is an error: what was meant would be missing. So is any other name that was given for this very run. One of a
 * config file that is nothing like any of the contract's belongs to another contract, for which the same file serves as well; it is
 * told and left out.
 */
function unknownName(
  { place, kind, name, shared }: { place: string; kind: string; name: string; shared: boolean },
  known: readonly string[],
  contract: Contract,
): string {
  const hint = didYouMean(name, known);
  const listed = known.slice(0, MOST_NAMES).join(', ');
  const more = known.length > MOST_NAMES ? ` and ${String(known.length - MOST_NAMES)} more` : '';
  const has = known.length === 0 ? 'it has none' : `it has ${listed}${more}`;
  const text = `${place}: the contract ${contract.name} has no ${kind} ${name}; ${has}.`;
  if (hint !== '' || !shared) throw new UsageError(`${text}${hint}`);
  return `${text} It is not used.`;
}

/** Names that a message lists; a big document has thousands. */
const MOST_NAMES = 20;

function knownRoles(
  { roleTokens }: JudgeRequest,
  contract: Contract,
): { known: Record<string, string>; notices: string[] } {
  const names = rolesOf(contract);
  const entries = Object.entries(roleTokens);
  return {
    known: Object.fromEntries(entries.filter(([role]) => names.includes(role))),
    notices: entries
      .filter(([role]) => !names.includes(role))
      .map(([role]) => unknownName({ place: '--role-token', kind: 'role', name: role, shared: true }, names, contract)),
  };
}

/** In a document without requirements whatever a request holds may be given: `accountId`, or for one operation `createCall.accountId`. */
function inferredNames({ requirements, operations }: Contract): string[] {
  if (requirements.length > 0) return [];
  const names = operations.flatMap(({ id, parameters, fields }) =>
    [...parameters, ...fields].flatMap(({ name }) => [name, `${id}.${name}`]),
  );
  return [...new Set(names)];
}

function knownFixtures({ fixtures }: JudgeRequest, contract: Contract): { known: FixtureSource[]; notices: string[] } {
  const names = [...contract.fixtures.map(({ name }) => name), ...inferredNames(contract)];
  const isKnown = ({ name }: FixtureSource): boolean =>
    names.includes(name) || names.includes(name.replace(/\.other$/, ''));
  return {
    known: fixtures.filter(isKnown),
    notices: fixtures
      .filter((one) => !isKnown(one))
      .map((one) => {
        const { name, place } = one;
        const shared = one.kind !== 'value' || one.via === 'config';
        return unknownName({ place, kind: 'fixture', name, shared }, names, contract);
      }),
  };
}
