/** What `ringtrue lint` checks itself: keywords, the values beside them, and requirements. OpenAPI's own rules are Redocly's. */
import { existsSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { ContractError, type ContractProblem } from './errors.ts';
import { checkKeywords } from './keywords.ts';
import { loadContract, type LoadOptions } from './load.ts';
import { parseText } from './parse-text.ts';
import { readText } from './read-text.ts';
import { checkRequirements } from './check-requirements.ts';
import { checkDeclaredValues } from './declared-values.ts';
import { requirementsFileOf } from './requirement-rows.ts';
import { readRequirements, RequirementsError } from './requirements.ts';
import { readDocument } from './untrusted.ts';

/** One thing that is wrong with a contract. */
export interface LintProblem {
  file: string;
  /** 1-based. */
  line?: number;
  /** JSON Pointer into the document. */
  pointer?: string;
  /** One plain sentence, with the remedy. */
  message: string;
  /** It is told and fails nothing; without it the problem is an error. */
  warning?: true;
}

export interface LintOptions extends Partial<LoadOptions> {
  /** Ids of all rules; without them, rule names in requirements are not checked. */
  ruleIds?: readonly string[];
}

export interface Linted {
  problems: LintProblem[];
  /** Whether there is a document of OpenAPI that more could be said of. */
  readable: boolean;
}

/**
 * Checks a contract file and the requirements beside it (`<name>.requirements.yaml`, if there is one), by the same reading as a run's.
 *
 * @param file path of an OpenAPI document in YAML or JSON
 * @param options what else is known, and how it is read
 * @returns the problems, in the file's order; a file that cannot be read or parsed is a problem too
 */
export async function lintContract(file: string, options: LintOptions = {}): Promise<Linted> {
  const { ruleIds, ...reading } = options;
  const broken = await syntaxProblems(file);
  if (broken.length > 0) return { problems: broken, readable: false };
  const problems: LintProblem[] = [];
  let readable = true;
  try {
    const read = await readDocument(file, { allowRemote: false, ...reading });
    const { document, lineOf, flaws } = read;
    for (const { pointer, message } of [...checkKeywords(document), ...checkDeclaredValues(document)])
      problems.push({ file, line: lineOf(pointer), pointer, message });
    for (const flaw of flaws.all) problems.push(problemOf(flaw));
    problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    problems.push(...(await lintRequirements(requirementsFileOf(file), document, { ruleIds })));
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    problems.push(problemOf(error), ...error.others.map(problemOf));
    readable = false;
  }
  if (problems.length === 0) problems.push(...(await refusals(file, reading)));
  return { problems, readable };
}

/** Everything that is no YAML: the loader's own parser stops at the first. */
async function syntaxProblems(file: string): Promise<LintProblem[]> {
  let text: string;
  try {
    text = await readText(file);
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return [problemOf(error)];
  }
  if (parses(text)) return [];
  const lines = new LineCounter();
  let errors: { pos: [number, number]; message: string }[];
  try {
    ({ errors } = parseDocument(text, { lineCounter: lines, prettyErrors: false }));
  } catch {
    // It recurses; the loader's own parser knows why it is too deep.
    return [];
  }
  return errors.map(({ pos, message }) => ({
    file,
    line: lines.linePos(pos[0]).line,
    message: `it is no valid YAML or JSON: ${message}`,
  }));
}

function parses(text: string): boolean {
  try {
    parseText(text, '');
    return true;
  } catch {
    return false;
  }
}

/** What only shows when the whole contract is made of it. */
async function refusals(file: string, reading: Partial<LoadOptions>): Promise<LintProblem[]> {
  try {
    await loadContract(file, { allowRemote: false, ...reading });
    return [];
  } catch (error) {
    if (error instanceof ContractError) return [error, ...error.others].map(problemOf);
    if (error instanceof RequirementsError) return error.problems.map((message) => ({ file, message }));
    throw error;
  }
}

function problemOf({ file, line, pointer, problem, remedy }: ContractProblem): LintProblem {
  return { file, line, pointer, message: `${problem}. ${remedy}` };
}

async function lintRequirements(file: string, document: unknown, { ruleIds }: LintOptions): Promise<LintProblem[]> {
  if (!existsSync(file)) return [];
  try {
    const rows = readRequirements(await readText(file), file);
    const known = ruleIds ?? rows.flatMap(({ rules }) => rules);
    return checkRequirements(rows, document, known).map((message) => ({ file, message }));
  } catch (error) {
    if (error instanceof RequirementsError)
      return error.problems.map((problem) => {
        const [, line, message] = /^.*?:(\d+): (.*)$/s.exec(problem) ?? [];
        return { file, line: line === undefined ? undefined : Number(line), message: message ?? problem };
      });
    if (!(error instanceof ContractError)) throw error;
    return [problemOf(error)];
  }
}
