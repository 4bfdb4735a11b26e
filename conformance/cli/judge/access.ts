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
  checkRoles(request, contract);
  checkFixtures(request, contract);
  const given: Access = {
    token: request.token,
    roleTokens: request.roleTokens,
    fixtures: request.fixtures,
    notices: [],
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
  return { ...filled, notices: [`no token and no fixture given: taking the reference server's, ${made.join(', ')}`] };
}

/** For a contract that the reference server does not speak. */
export function noServerFor({ file, name }: Contract): string {
  return `--url is missing: the reference server speaks ${builtinContracts.join(', ')}, and not ${file ?? name}.`;
}

function addressOf(url: string): Address {
  try {
    return parseAddress(url);
  } catch (error) {
    throw new UsageError(`--url: ${error instanceof Error ? error.message : String(error)}.`.replace(/\.\.$/, '.'));
  }
}

/** Whoever says anything about a target knows it, and then nothing is guessed. */
function nothingGiven({ token, roleTokens, headers, fixtures, configured }: JudgeRequest): boolean {
  return (
    token === undefined &&
    Object.keys(roleTokens).length === 0 &&
    Object.keys(headers).length === 0 &&
    fixtures.length === 0 &&
    !configured
  );
}

/** What the reference server takes, wherever the user said nothing. */
function withDevelopmentValues(access: Access, contract: Contract): Access {
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

function checkRoles({ roleTokens }: JudgeRequest, contract: Contract): void {
  const known = rolesOf(contract);
  for (const role of Object.keys(roleTokens)) {
    if (known.includes(role)) continue;
    throw new UsageError(
      known.length === 0
        ? `--role-token: the contract ${contract.name} has no roles, so there is no use for a token of ${role}.`
        : `--role-token: the contract ${contract.name} has no role ${role}; it has ${known.join(', ')}.${didYouMean(role, known)}`,
    );
  }
}

function checkFixtures({ fixtures }: JudgeRequest, contract: Contract): void {
  const known = contract.fixtures.map(({ name }) => name);
  for (const { name, place } of fixtures) {
    if (known.includes(name) || known.includes(name.replace(/\.other$/, ''))) continue;
    throw new UsageError(
      known.length === 0
        ? `${place}: the contract ${contract.name} declares no fixtures, so there is no use for ${name}.`
        : `${place}: the contract ${contract.name} has no fixture ${name}; it has ${known.join(', ')}.${didYouMean(name, known)}`,
    );
  }
}
