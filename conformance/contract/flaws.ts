/**
 * What is wrong with a part of a document, so that only the operations that need that part cannot be asked. Such a part is marked
 * where it stands, because files are brought together and documents upgraded before anybody knows which operation reaches it.
 */
import type { ContractProblem } from './errors.ts';
import { at, escapeToken, isObject } from './resolve.ts';
import type { JsonObject } from './types.ts';

/** A part that cannot be used. */
export type Flaw = ContractProblem;

const MARK = '$ringtrue-flaw';

/** All that is wrong with a document, and where it stands in it. */
export class Flaws {
  readonly all: Flaw[] = [];
  private readonly nodes = new WeakMap<object, Flaw>();

  /** Empties a node, and marks it as what the flaw is about. */
  mark(node: JsonObject, flaw: Flaw): void {
    for (const key of Object.keys(node)) delete node[key];
    node[MARK] = this.all.length;
    this.all.push(flaw);
  }

  /** Notes that a node is what a flaw is about, in a document that is not copied any more. */
  note(node: object, flaw: Flaw): void {
    this.nodes.set(node, flaw);
    this.all.push(flaw);
  }

  /** Takes the marks out of a document that is not copied any more; what was marked is then a schema that allows everything. */
  settle(document: JsonObject): void {
    if (this.all.length === 0) return;
    const seen = new Set<object>();
    const stack: object[] = [document];
    for (let node = stack.pop(); node; node = stack.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      const marked = isObject(node) ? node[MARK] : undefined;
      const flaw = typeof marked === 'number' ? this.all[marked] : undefined;
      if (flaw && isObject(node)) {
        delete node[MARK];
        this.nodes.set(node, flaw);
      }
      for (const child of Object.values(node) as unknown[])
        if (typeof child === 'object' && child !== null) stack.push(child);
    }
  }

  /**
   * @param document the settled document
   * @param start parts of an operation
   * @returns the first flaw that they lead to, over references too
   */
  reached(document: JsonObject, start: readonly unknown[]): Flaw | undefined {
    if (this.all.length === 0) return undefined;
    const seen = new Set<object>();
    const stack: unknown[] = [...start].reverse();
    while (stack.length > 0) {
      const node = stack.pop();
      if (typeof node !== 'object' || node === null || seen.has(node)) continue;
      seen.add(node);
      const flaw = this.nodes.get(node);
      if (flaw) return flaw;
      if (isObject(node) && typeof node.$ref === 'string') stack.push(at(document, node.$ref));
      for (const child of Object.values(node) as unknown[]) stack.push(child);
    }
    return undefined;
  }
}

/**
 * Finds out which operations a document's flaws hurt.
 *
 * @param document the settled document
 * @param flaws what is wrong with it
 * @param notes takes a sentence for each flaw that spoils no more than an answer to a refused request
 * @returns by the pointer of an operation why it cannot be asked
 */
export function unusableOperations(document: JsonObject, flaws: Flaws, notes: string[]): Map<string, Flaw> {
  const found = new Map<string, Flaw>();
  if (flaws.all.length === 0) return found;
  const told = new Set<Flaw>();
  for (const [path, node] of Object.entries(isObject(document.paths) ? document.paths : {})) {
    const item = isObject(node) && typeof node.$ref === 'string' ? at(document, node.$ref) : node;
    for (const [method, operation] of Object.entries(isObject(item) ? item : {})) {
      if (!isObject(item) || !isObject(operation) || method === 'parameters') continue;
      const responses = Object.entries(isObject(operation.responses) ? operation.responses : {});
      const refusal = ([status]: [string, unknown]): boolean => /^[45]/.test(status) || status === 'default';
      const needed = [item.parameters, operation.parameters, operation.requestBody];
      const successes = responses.filter((one) => !refusal(one)).map(([, response]) => response);
      const flaw = flaws.reached(document, [...needed, ...successes]);
      if (flaw) found.set(`/paths/${escapeToken(path)}/${method}`, flaw);
      const lesser = flaws.reached(
        document,
        responses.filter(refusal).map(([, response]) => response),
      );
      if (lesser && !told.has(lesser)) {
        told.add(lesser);
        notes.push(`${placed(lesser)} ${lesser.problem}: what stands there of an error response is not checked.`);
      }
    }
  }
  return found;
}

/** Where a flaw stands, for a sentence. */
export function placed({ file, line, pointer }: Flaw): string {
  if (line !== undefined) return `${file}:${String(line)}:`;
  return pointer === undefined || pointer === '' ? `${file}:` : `${file}#${pointer}:`;
}
