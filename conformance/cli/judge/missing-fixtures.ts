/** Tells, before any write, which values the target has to have and nobody gave. */
import type { Contract, FixtureDeclaration } from '../../contract/types.ts';
import { escapeToken } from '../../contract/resolve.ts';
import { UsageError } from '../errors.ts';
import type { Prepared } from './prepare.ts';

/** @throws UsageError with the lines to add */
export function refuseMissingFixtures({ contract, access, writes }: Prepared): void {
  const given = new Set(access.fixtures.map(({ name }) => name));
  const used = fixturesOf(
    contract,
    writes.map(({ operation }) => operation),
  );
  const missing = contract.fixtures.filter(({ name, optional }) => !optional && used.has(name) && !given.has(name));
  if (missing.length > 0) throw new UsageError(missingText(contract, missing));
}

/** Names of the fixtures that the bodies of these operations take. */
function fixturesOf(contract: Contract, operations: readonly string[]): Set<string> {
  const names = contract.resources.flatMap(({ create, update, createFields, updateFields }) => [
    ...(create && operations.includes(create.id) ? createFields : []),
    ...(update && operations.includes(update.id) ? updateFields : []),
  ]);
  return new Set(names.flatMap(({ fixture }) => fixture ?? []));
}

/** What is missing, and the config lines that give it. */
export function missingText(contract: Contract, missing: readonly FixtureDeclaration[]): string {
  const names = missing.map(({ name }) => name);
  return [
    `${names.length === 1 ? 'A value is' : 'Values are'} needed that must exist on the target: ${names.join(', ')}. Nothing was sent.`,
    `Give ${names.length === 1 ? 'it' : 'each'} with --fixture ${String(names[0])}=…, or add to ringtrue.config.yaml:`,
    ...configLines(contract, missing),
  ].join('\n');
}

/** Lines for the config file, one fixture after the other, each with its description. */
export function configLines(contract: Contract, fixtures: readonly Omit<FixtureDeclaration, 'optional'>[]): string[] {
  return [
    'fixtures:',
    ...fixtures.flatMap(({ name, description }) => [
      ...(description === '' ? [] : [`  # ${description.replace(/\s+/g, ' ').trim()}`]),
      `  ${name}: "…"   # or ${waysToGive(contract, name).join(', or ')}`,
    ]),
  ];
}

/** What else than a text may stand for a fixture, with what the contract lets one guess filled in. */
function waysToGive(contract: Contract, name: string): string[] {
  const get = lookUp(contract, name);
  return [`{ env: ${name.toUpperCase().replace(/\W/g, '_')} }`, ...(get === undefined ? [] : [`{ ${get} }`])];
}

/** Where records that are there already show such a value: `get: /path, pointer: /data/0/staff_uid`. */
export function lookUp(contract: Contract, name: string): string | undefined {
  const place = placeOf(contract, name);
  return place === undefined ? undefined : `get: ${place.path}, pointer: ${place.pointer}`;
}

/**
 * @param contract the contract
 * @param name a fixture
 * @returns the list that shows records with such a value, and where it stands in the first of them
 */
export function placeOf(contract: Contract, name: string): { path: string; pointer: string } | undefined {
  for (const { list, itemsAt, recordFields, createFields, updateFields } of contract.resources) {
    const field = [...createFields, ...updateFields].find(({ fixture }) => fixture === name)?.name;
    if (list !== undefined && field !== undefined && recordFields.some((shown) => shown.name === field))
      return { path: list.path, pointer: `${itemsAt}/0/${escapeToken(field)}` };
  }
  return undefined;
}
