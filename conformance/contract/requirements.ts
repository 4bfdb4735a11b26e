/** Reads a contract's requirements: one row per normative sentence, with the rules that test it or why none does. */
import { CORE_SCHEMA, load } from 'js-yaml';
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Level } from '../model/index.ts';
import { isObject } from './resolve.ts';
import type { JsonObject, Requirement } from './types.ts';

/** A requirements file that cannot be used, or a row of it. Its message names the file, the line, the row and the remedy. */
export class RequirementsError extends Error {
  override name = 'RequirementsError';
  /** All problems of the file, one sentence each; the message holds them too. */
  readonly problems: string[];

  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const levels: readonly string[] = ['MUST', 'SHOULD', 'MAY'] satisfies Level[];
const properties = ['id', 'level', 'sentence', 'source', 'rules', 'operations', 'fields', 'untested'];
const idPattern = /^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/;

/**
 * @param text the YAML text
 * @param file its name, for messages
 * @returns the rows in the file's order
 * @throws RequirementsError that lists every problem of the file
 */
export function readRequirements(text: string, file: string): Requirement[] {
  // js-yaml needs a fifth of the time, and has no lines: only a file with a problem is read by `yaml` as well.
  const list = listIn(text);
  if (list && problemsOf(list, () => '').length === 0) return list.map(toRow);

  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const errors = document.errors.map(
    (error) => `${file}:${String(lines.linePos(error.pos[0]).line)}: ${error.message}`,
  );
  if (errors.length > 0) throw new RequirementsError(errors);
  const nodes = isMap(document.contents) ? document.contents.get('requirements') : undefined;
  if (!isSeq(nodes)) throw new RequirementsError([`${file}: there is no list \`requirements\`.`]);
  const rows = nodes.items.map((item) => (isNode(item) ? item.toJS(document) : item) as unknown);
  const problems = problemsOf(rows, (index) => {
    const item = nodes.items[index];
    return lineOf(isAlias(item) ? item.resolve(document) : item, lines);
  });
  if (problems.length > 0) throw new RequirementsError(problems.map((problem) => `${file}:${problem}`));
  return rows.filter(isObject).map(toRow);
}

/** The list as js-yaml reads it; nothing when it finds fault with the file. */
function listIn(text: string): JsonObject[] | undefined {
  try {
    const document = load(text, { schema: CORE_SCHEMA });
    const list: unknown = isObject(document) ? document['requirements'] : undefined;
    return Array.isArray(list) && list.every(isObject) ? list : undefined;
  } catch {
    return undefined;
  }
}

function lineOf(node: unknown, lines: LineCounter): string {
  const range = isMap(node) || isScalar(node) || isSeq(node) ? node.range : undefined;
  return String(range ? lines.linePos(range[0]).line : 1);
}

/**
 * @param rows the list as it stands in the file
 * @param lineAt the line of a row
 * @returns `line: sentence` for each problem
 */
function problemsOf(rows: readonly unknown[], lineAt: (index: number) => string): string[] {
  const seen = new Map<string, string>();
  return rows.flatMap((row, index) => {
    const line = lineAt(index);
    if (!isObject(row))
      return [`${line}: a requirement is a map with ${properties.slice(0, 4).join(', ')} and rules or untested.`];
    const { id } = row;
    const name = typeof id === 'string' ? id : 'a requirement';
    const found = checkRow(row).map((message) => `${line}: ${name} ${message}`);
    if (typeof id !== 'string') return found;
    const before = seen.get(id);
    seen.set(id, line);
    return before === undefined
      ? found
      : [...found, `${line}: ${id} stands in line ${before} already; ids are unique.`];
  });
}

function checkRow(row: JsonObject): string[] {
  const problems: string[] = [];
  const has = (property: string): boolean => row[property] !== undefined;
  const isText = (property: string): boolean => {
    const value = row[property];
    return typeof value === 'string' && value.trim() !== '';
  };
  for (const property of Object.keys(row))
    if (!properties.includes(property))
      problems.push(`has an unknown property ${property}; a row has ${properties.join(', ')}.`);
  if (typeof row['id'] !== 'string' || !idPattern.test(row['id']))
    problems.push('needs an id in capitals such as VC-EXTERNAL-UUID-STORED.');
  if (!levels.includes(String(row['level']))) problems.push(`needs a level: ${levels.join(', ')}.`);
  for (const property of ['sentence', 'source']) if (!isText(property)) problems.push(`needs a ${property}.`);
  if (has('untested') && !isText('untested')) problems.push('says untested without a reason.');
  for (const property of ['rules', 'operations', 'fields'])
    if (has(property) && stringsOf(row, property).length === 0)
      problems.push(`has ${property} that are no list of names.`);
  if (has('rules') === has('untested'))
    problems.push(
      has('rules')
        ? 'has both rules and untested; a sentence is tested or it is not.'
        : 'has neither rules nor untested; name the rules that test it, or say why none can.',
    );
  if (has('untested') && (has('operations') || has('fields')))
    problems.push('is untested, so operations and fields narrow nothing.');
  return problems;
}

/** The texts of a list; empty when it is no list, is empty, or holds something else. */
function stringsOf(row: JsonObject, property: string): string[] {
  const list = row[property];
  if (!Array.isArray(list)) return [];
  return list.every((value) => typeof value === 'string' && value !== '') ? list.map(String) : [];
}

function toRow(row: JsonObject): Requirement {
  const text = (property: string): string => String(row[property]).trim();
  const read: Requirement = {
    id: text('id'),
    level: text('level') as Level,
    sentence: text('sentence'),
    source: text('source'),
    rules: stringsOf(row, 'rules'),
  };
  for (const property of ['operations', 'fields'] as const)
    if (row[property] !== undefined) read[property] = stringsOf(row, property);
  if (row['untested'] !== undefined) read.untested = text('untested');
  return read;
}
