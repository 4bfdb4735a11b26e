/** Tells, before any write, which values the target has to have and nobody gave. */
import type { Contract, FixtureDeclaration } from '../../contract/types.ts';
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
export function configLines(contract: Contract, fixtures: readonly FixtureDeclaration[]): string[] {
  const list = contract.operations.find(({ method, path }) => method.toUpperCase() === 'GET' && !path.includes('{'));
  return [
    'fixtures:',
    ...fixtures.flatMap(({ name, description }) => [
      ...(description === '' ? [] : [`  # ${description.replace(/\s+/g, ' ').trim()}`]),
      `  ${name}: "…"   # or { env: ${name.toUpperCase().replace(/\W/g, '_')} }${list ? `, or { get: ${list.path}, pointer: /… }` : ''}`,
    ]),
  ];
}
