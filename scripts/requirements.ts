/**
 * Prints, for each contract, which rules test which requirement and what is untested and why.
 *
 *   tsx scripts/requirements.ts [NAME…]
 *
 * Exits 1 on a row without rule or reason, on a name that does not exist, or on a rule that no contract's row names.
 */
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { checkRequirements } from '../conformance/contract/check-requirements.ts';
import { requirementsFileOf } from '../conformance/contract/requirement-rows.ts';
import { readRequirements, RequirementsError } from '../conformance/contract/requirements.ts';
import type { Requirement } from '../conformance/contract/types.ts';
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

async function main(names: readonly string[]): Promise<void> {
  const problems: string[] = [];
  const named = new Set<string>();
  for (const name of names) {
    const file = requirementsFileOf(contractFile(name));
    try {
      const rows = readRequirements(await readFile(file, 'utf8'), relative(root, file));
      const document: unknown = parse(await readFile(contractFile(name), 'utf8'));
      problems.push(...checkRequirements(rows, document, ruleIds).map((problem) => `${name}: ${problem}`));
      for (const rule of rows.flatMap(({ rules }) => rules)) named.add(rule);
      console.log(`${coverage(name, rows)}\n`);
    } catch (error) {
      problems.push(...(error instanceof RequirementsError ? error.problems : [String(error)]));
    }
  }
  if (names.length === contractNames.length)
    problems.push(
      ...ruleIds.filter((id) => !named.has(id)).map((id) => `No contract has a requirement for the rule ${id}.`),
    );
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log('Every requirement has a rule or a reason.');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await main(process.argv.length > 2 ? process.argv.slice(2) : contractNames);
