/** Reads a contract's requirements: one row per normative sentence, with the rules that test it or why none does. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import type { Level } from '../model/index.ts';
import type { Requirement } from './types.ts';

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
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: string[] = document.errors.map(
    (error) => `${file}:${String(lines.linePos(error.pos[0]).line)}: ${error.message}`,
  );
  if (problems.length > 0) throw new RequirementsError(problems);
  const list = isMap(document.contents) ? document.contents.get('requirements') : undefined;
  if (!isSeq(list)) throw new RequirementsError([`${file}: there is no list \`requirements\`.`]);

  const rows: Requirement[] = [];
  const seen = new Map<string, number>();
  for (const item of list.items) {
    const node = isAlias(item) ? item.resolve(document) : item;
    const line = lineOf(node, lines);
    const where = `${file}:${String(line)}`;
    if (!isMap(node)) {
      problems.push(
        `${where}: a requirement is a map with ${properties.slice(0, 4).join(', ')} and rules or untested.`,
      );
      continue;
    }
    const found = checkRow(node, where);
    const id = node.get('id');
    if (typeof id === 'string') {
      const before = seen.get(id);
      if (before !== undefined) found.push(`${where}: ${id} stands in line ${String(before)} already; ids are unique.`);
      seen.set(id, line);
    }
    if (found.length > 0) problems.push(...found);
    else rows.push(toRow(node));
  }
  if (problems.length > 0) throw new RequirementsError(problems);
  return rows;
}

function lineOf(node: unknown, lines: LineCounter): number {
  const range = isMap(node) || isScalar(node) || isSeq(node) ? node.range : undefined;
  return range ? lines.linePos(range[0]).line : 1;
}

function checkRow(node: YAMLMap, where: string): string[] {
  const problems: string[] = [];
  const id = node.get('id');
  const name = typeof id === 'string' ? id : 'a requirement';
  const tell = (message: string): unknown => problems.push(`${where}: ${name} ${message}`);
  for (const { key } of node.items) {
    const property = isScalar(key) ? String(key.value) : String(key);
    if (!properties.includes(property))
      tell(`has an unknown property ${property}; a row has ${properties.join(', ')}.`);
  }
  if (typeof id !== 'string' || !idPattern.test(id)) tell('needs an id in capitals such as VC-EXTERNAL-UUID-STORED.');
  if (!levels.includes(String(node.get('level')))) tell(`needs a level: ${levels.join(', ')}.`);
  for (const property of ['sentence', 'source']) {
    const value = node.get(property);
    if (typeof value !== 'string' || value.trim() === '') tell(`needs a ${property}.`);
  }
  const untested = node.get('untested');
  if (untested !== undefined && (typeof untested !== 'string' || untested.trim() === ''))
    tell('says untested without a reason.');
  for (const property of ['rules', 'operations', 'fields']) {
    if (node.has(property) && stringsOf(node, property).length === 0)
      tell(`has ${property} that are no list of names.`);
  }
  if (node.has('rules') === node.has('untested'))
    tell(
      node.has('rules')
        ? 'has both rules and untested; a sentence is tested or it is not.'
        : 'has neither rules nor untested; name the rules that test it, or say why none can.',
    );
  if (node.has('untested') && (node.has('operations') || node.has('fields')))
    tell('is untested, so operations and fields narrow nothing.');
  return problems;
}

/** The texts of a list; empty when it is no list, is empty, or holds something else. */
function stringsOf(node: YAMLMap, property: string): string[] {
  const list = node.get(property);
  if (!isSeq(list)) return [];
  const values = list.items.map((item) => (isScalar(item) ? item.value : undefined));
  return values.every((value) => typeof value === 'string' && value !== '') ? values.map(String) : [];
}

function toRow(node: YAMLMap): Requirement {
  const text = (property: string): string => String(node.get(property)).trim();
  const row: Requirement = {
    id: text('id'),
    level: text('level') as Level,
    sentence: text('sentence'),
    source: text('source'),
    rules: stringsOf(node, 'rules'),
  };
  for (const property of ['operations', 'fields'] as const)
    if (node.has(property)) row[property] = stringsOf(node, property);
  if (node.has('untested')) row.untested = text('untested');
  return row;
}

/** What is known of a case when its requirement is looked for. */
export interface CaseKey {
  rule: string;
  operation?: string;
  field?: string;
  level?: Level;
}

/**
 * The row that a case belongs to: the one that names its rule most closely (fields and operations, fields, operations,
 * neither). Among equally close rows one with the case's own level is taken before another.
 *
 * @param requirements the contract's rows
 * @param key the case
 * @returns the row, or undefined when no row names the rule for it
 */
export function requirementFor(requirements: readonly Requirement[], key: CaseKey): Requirement | undefined {
  let best: Requirement | undefined;
  let bestRank = -1;
  for (const row of requirements) {
    if (!row.rules.includes(key.rule)) continue;
    if (row.operations && (key.operation === undefined || !row.operations.includes(key.operation))) continue;
    if (row.fields && (key.field === undefined || !row.fields.includes(key.field))) continue;
    const rank = (row.fields ? 4 : 0) + (row.operations ? 2 : 0) + (row.level === key.level ? 1 : 0);
    if (rank > bestRank) [best, bestRank] = [row, rank];
  }
  return best;
}
