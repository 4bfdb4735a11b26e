/**
 * Prints, for each contract, which rules test which requirement and what is untested and why.
 *
 *   tsx scripts/requirements.ts [NAME…]
 *
 * Exits 1 on a row without rule or reason, on a name that does not exist, on a row whose rules make no case for it, on a case
 * whose row has another level, and on a rule that no contract's row names.
 */
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { checkRequirements } from '../conformance/contract/check-requirements.ts';
import { requirementsFileOf } from '../conformance/contract/requirement-rows.ts';
import { readRequirements, RequirementsError } from '../conformance/contract/requirements.ts';
import { loadContract } from '../conformance/contract/load.ts';
import type { Requirement } from '../conformance/contract/types.ts';
import { idleRequirements, planCases } from '../conformance/plan/index.ts';
import { contractFile, contractNames, root } from './contracts.ts';
import { ruleIds } from './rule-ids.ts';

/**
 * @param name the contract's name, as a heading
 * @param rows its requirements
 * @returns the coverage as lines of text: each requirement with its level, its id and its rules or the reason
 */
export function coverage(name: string, rows: readonly Requirement[]): string {
  const tested = rows.filter(({ untested }) => untested === undefined).length;
  const width = Math.max(0, ...rows.map(({ id }) => id.length));
  const lines = rows.map(({ id, level, rules, operations, fields, untested }) => {
    const narrowed = [...(operations ?? []), ...(fields ?? [])].join(', ');
    const what =
      untested === undefined ? rules.join(', ') + (narrowed ? ` (${narrowed})` : '') : `untested: ${untested}`;
    return `  ${level.padEnd(6)} ${id.padEnd(width)}  ${what}`;
  });
  const heading = `${name}: ${String(rows.length)} requirements, ${String(tested)} tested, ${String(rows.length - tested)} untested`;
  return [heading, ...lines].join('\n');
}

/** What the plan says: a row that no case can name asks nothing, however many rules it names. */
async function withoutCases(name: string, asked: Set<string>): Promise<string[]> {
  const contract = await loadContract(name, { allowRemote: false });
  const cases = planCases(contract, {
    profile: 'full',
    include: [],
    exclude: [],
    readOnly: false,
    roles: Object.keys(contract.development?.roleTokens ?? {}),
    explore: 1,
    fixtures: contract.fixtures.map((fixture) => fixture.name),
  });
  for (const { rule } of cases) asked.add(rule);
  const levels = new Map(contract.requirements.map(({ id, level }) => [id, level]));
  return [
    ...idleRequirements(contract, cases).map(
      ({ id, rules }) => `${name}: ${id} names ${rules.join(', ')}, and no case of theirs belongs to it.`,
    ),
    ...cases
      .filter(({ requirement, level }) => levels.has(requirement) && levels.get(requirement) !== level)
      .map(({ id, level, requirement }) => `${name}: ${id} is a ${level}, and its row ${requirement} is none.`),
  ];
}

async function main(names: readonly string[]): Promise<void> {
  const problems: string[] = [];
  const named = new Set<string>();
  // Rules for what no built-in contract has, DELETE for example, need no row there.
  const asked = new Set<string>();
  for (const name of names) {
    const file = requirementsFileOf(contractFile(name));
    try {
      const rows = readRequirements(await readFile(file, 'utf8'), relative(root, file));
      const document: unknown = parse(await readFile(contractFile(name), 'utf8'));
      problems.push(...checkRequirements(rows, document, ruleIds).map((problem) => `${name}: ${problem}`));
      for (const rule of rows.flatMap(({ rules }) => rules)) named.add(rule);
      problems.push(...(await withoutCases(name, asked)));
      console.log(`${coverage(name, rows)}\n`);
    } catch (error) {
      problems.push(...(error instanceof RequirementsError ? error.problems : [String(error)]));
    }
  }
  if (names.length === contractNames.length)
    problems.push(
      ...ruleIds
        .filter((id) => asked.has(id) && !named.has(id))
        .map((id) => `No contract has a requirement for the rule ${id}.`),
    );
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log('Every requirement has a rule or a reason.');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await main(process.argv.length > 2 ? process.argv.slice(2) : contractNames);
