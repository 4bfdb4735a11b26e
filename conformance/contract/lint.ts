/** What `ringtrue lint` checks itself: keywords, the values beside them, and requirements. OpenAPI's own rules are Redocly's. */
import { existsSync } from 'node:fs';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { checkKeywords } from './keywords.ts';
import { checkRequirements } from './check-requirements.ts';
import { checkDeclaredValues } from './declared-values.ts';
import { ContractError } from './errors.ts';
import { readText } from './read-text.ts';
import { requirementsFileOf } from './requirement-rows.ts';
import { readRequirements, RequirementsError } from './requirements.ts';

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

export interface LintResult {
  problems: LintProblem[];
  /** Whether there is a document that others may look at as well. */
  readable: boolean;
}

export interface LintOptions {
  /** Ids of all rules; without them, rule names in requirements are not checked. */
  ruleIds?: readonly string[];
}

/**
 * Checks a contract file and the requirements beside it (`<name>.requirements.yaml`, if there is one).
 *
 * @param file path of an OpenAPI document in YAML or JSON
 * @param options what else is known
 * @returns the problems, in the file's order; a file that cannot be read or parsed is a problem too
 */
export async function lintContract(file: string, options: LintOptions = {}): Promise<LintResult> {
  let text: string;
  try {
    text = await readText(file);
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return unreadable({ file, message: `${error.problem}. ${error.remedy}` });
  }
  const lines = new LineCounter();
  let parsed: Document;
  let document: unknown;
  try {
    parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    if (parsed.errors.length > 0)
      return unreadable(
        ...parsed.errors.map((error) => ({
          file,
          line: lines.linePos(error.pos[0]).line,
          message: `it is no valid YAML or JSON: ${error.message}`,
        })),
      );
    document = parsed.toJS();
  } catch (error) {
    // The library counts aliases, and recurses.
    if (!(error instanceof ReferenceError) && !(error instanceof RangeError)) throw error;
    return unreadable({
      file,
      message: 'its aliases stand for too much, or it is nested too deep. Use $ref for shared parts.',
    });
  }
  const problems: LintProblem[] = [...checkKeywords(document), ...checkDeclaredValues(document)].map(
    ({ pointer, message }) => ({ file, line: lineOf(parsed, lines, pointer), pointer, message }),
  );
  problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  problems.push(...(await lintRequirements(requirementsFileOf(file), document, options)));
  return { problems, readable: true };
}

function unreadable(...problems: LintProblem[]): LintResult {
  return { problems, readable: false };
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
    return [{ file, message: `${error.problem}. ${error.remedy}` }];
  }
}

/** The line of the place, or of the closest place above it that the file has. */
function lineOf(parsed: Document, lines: LineCounter, pointer: string): number | undefined {
  const path = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  for (; path.length > 0; path.pop()) {
    const node: unknown = parsed.getIn(path, true);
    const range = hasRange(node) ? node.range : undefined;
    if (range) return lines.linePos(range[0]).line;
  }
  return undefined;
}

function hasRange(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}
