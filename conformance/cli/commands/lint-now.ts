import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { builtinContractDir } from '../../contract/builtin-dir.ts';
import { builtinContracts, type LoadOptions } from '../../contract/load.ts';
import { lintContract, type LintProblem } from '../../contract/lint.ts';
import { plural } from '../../report/summary.ts';
import { visible } from '../../report/escape.ts';
import { ruleIds } from '../../rules/index.ts';
import { UsageError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Io } from '../io.ts';
import { lintWithRedocly, RedoclyMissingError } from '../redocly.ts';
import { didYouMean } from '../suggest.ts';

/** @returns 0 when nothing but warnings was found, 2 otherwise: a contract that is wrong cannot be judged by */
export async function lintNow(name: string, options: LoadOptions, io: Io): Promise<ExitCode> {
  const folder = builtinContractDir();
  const files =
    name === 'all' ? builtinContracts.map((one) => join(folder, `${one}.yaml`)) : [fileOf(name, folder, io.cwd)];
  let errors = 0;
  let warnings = 0;
  let redocly = true;
  for (const file of files) {
    const shown = shownPath(file, io.cwd);
    const { problems, readable } = await lintContract(file, { ruleIds, ...options });
    if (redocly && readable) {
      try {
        // Beside a built-in contract stands its own configuration; a contract of the user's has that of his folder, if any.
        problems.push(...(await lintWithRedocly(file, file.startsWith(folder) ? join(folder, '..') : io.cwd)));
      } catch (error) {
        if (!(error instanceof RedoclyMissingError)) throw error;
        redocly = false;
        io.err(`${error.message}\n`);
      }
    }
    for (const problem of problems) io.out(lineOf(problem, io.cwd));
    const warned = problems.filter(({ warning }) => warning).length;
    warnings += warned;
    errors += problems.length - warned;
    if (problems.length === 0) io.err(`${shown}: nothing is wrong\n`);
  }
  const counts = [
    ...(errors > 0 ? [plural(errors, 'problem')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
  ];
  if (counts.length > 0) io.err(`${counts.join(', ')}\n`);
  return errors > 0 ? EXIT.usage : EXIT.conforms;
}

function lineOf(problem: LintProblem, cwd: string): string {
  return `${placeOf(problem, cwd)}: ${problem.warning ? 'warning: ' : ''}${visible(problem.message)}\n`;
}

function fileOf(name: string, folder: string, cwd: string): string {
  if (builtinContracts.includes(name)) return join(folder, `${name}.yaml`);
  const path = resolve(cwd, name);
  if (!existsSync(path)) {
    throw new UsageError(
      `There is no contract and no file called ${JSON.stringify(name)}.${didYouMean(name, [...builtinContracts, 'all'])}`,
    );
  }
  return path;
}

function shownPath(file: string, cwd: string): string {
  const short = relative(cwd, file);
  return short.startsWith('..') ? file : short;
}

function placeOf({ file, line, pointer }: LintProblem, cwd: string): string {
  const shown = shownPath(resolve(cwd, file), cwd);
  if (line !== undefined) return `${shown}:${String(line)}`;
  return pointer === undefined || pointer === '' ? shown : `${shown}#${pointer}`;
}
