/**
 * Lints the built-in contracts: Redocly's recommended-strict rules, the `x-ringtrue-*` keywords and the requirements.
 *
 *   tsx scripts/lint-contracts.ts [FILE…]
 *
 * Exits 1 on any problem, warnings included.
 */
import { relative } from 'node:path';
import { lintWithRedocly } from '../conformance/cli/redocly.ts';
import { lintContract } from '../conformance/contract/lint.ts';
import { contractFile, contractNames, root } from './contracts.ts';
import { ruleIds } from './rule-ids.ts';

const files = process.argv.length > 2 ? process.argv.slice(2) : contractNames.map(contractFile);
let count = 0;
for (const file of files) {
  const { problems } = await lintContract(file, { ruleIds });
  for (const { file: where, line, message } of [...problems, ...(await lintWithRedocly(file, root))]) {
    count += 1;
    console.error(`${relative(process.cwd(), where)}${line === undefined ? '' : `:${String(line)}`}: ${message}`);
  }
}
if (count > 0) {
  console.error(`${String(count)} ${count === 1 ? 'problem' : 'problems'} in the contracts.`);
  process.exitCode = 1;
} else {
  console.error(`lint-contracts: ${String(files.length)} contracts are right.`);
}
