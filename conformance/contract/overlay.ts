/** Lays an OpenAPI Overlay over a document (OpenAPI Overlay Specification 1.0): annotations for a document that somebody else owns. */
import { jsonpath } from 'json-p3';
import { ContractError } from './errors.ts';
import { lineFinder } from './lines.ts';
import { parseText } from './parse-text.ts';
import { readText } from './read-text.ts';
import { isObject } from './resolve.ts';
import type { JsonObject } from './types.ts';

interface Selected {
  value: unknown;
  location: (string | number)[];
}

type Fail = (problem: string, remedy: string) => ContractError;

/**
 * @param document is changed in place
 * @param file path or URL of an overlay in YAML or JSON
 * @returns the overlay's text, which the contract's hash counts, and a sentence for each action that selects nothing
 * @throws ContractError that names file and action, for whatever is wrong with it
 * @see Overlay 1.0.0 sections 4.4.1 (Overlay Object) and 4.4.3 (Action Object)
 */
export async function applyOverlay(document: JsonObject, file: string): Promise<{ text: string; notes: string[] }> {
  const text = await readText(file);
  const overlay = parseText(text, file);
  const lineOf = lineFinder(text);
  const fail = (pointer: string, problem: string, remedy: string): ContractError =>
    new ContractError({ file, pointer, line: lineOf(pointer), problem, remedy });
  if (!isObject(overlay) || typeof overlay.overlay !== 'string' || !/^1\.\d/.test(overlay.overlay))
    throw fail('/overlay', 'it is no OpenAPI Overlay', 'An overlay begins with overlay: 1.0.0.');
  if (!Array.isArray(overlay.actions) || overlay.actions.length === 0)
    throw fail('/actions', 'it has no actions', 'List at least one, with a target and an update or remove.');
  const notes: string[] = [];
  overlay.actions.forEach((action: unknown, index) => {
    const pointer = `/actions/${String(index)}`;
    const idle = applyAction(document, action, (problem, remedy) =>
      fail(pointer, `action ${String(index + 1)} ${problem}`, remedy),
    );
    if (idle !== undefined) notes.push(`Action ${String(index + 1)} of ${file} selects nothing: ${idle}.`);
  });
  return { text, notes };
}

/** @returns the target of an action that selects nothing */
function applyAction(document: JsonObject, action: unknown, fail: Fail): string | undefined {
  if (!isObject(action) || typeof action.target !== 'string')
    throw fail('has no target', "Give it a JSONPath, such as $.paths['/calls'].post.");
  const { target, update, remove } = action;
  if (remove !== true && update === undefined)
    throw fail('neither updates nor removes anything', 'Give it update or remove: true.');
  const unknown = Object.keys(action).find(
    (key) => !['target', 'description', 'update', 'remove'].includes(key) && !key.startsWith('x-'),
  );
  if (unknown !== undefined)
    throw fail(`has a key ${unknown}, which Overlay 1.0 does not have`, 'An action has target, update and remove.');
  const nodes = select(document, target, fail);
  if (nodes.length === 0) return target;
  if (remove === true) {
    // The last first: what stands before keeps its place.
    for (const { location } of nodes.toReversed()) removeAt(document, location, fail);
    return undefined;
  }
  for (const node of nodes) put(node.value, update, fail);
  return undefined;
}

function select(document: JsonObject, target: string, fail: Fail): Selected[] {
  try {
    return [...jsonpath.query(target, document as Parameters<typeof jsonpath.query>[1])].map(({ value, location }) => ({
      value,
      location,
    }));
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    throw fail(`has a target that is no JSONPath (${reason}): ${target}`, 'Write it as in RFC 9535.');
  }
}

function put(node: unknown, update: unknown, fail: Fail): void {
  if (Array.isArray(node)) node.push(structuredClone(update));
  else if (isObject(node) && isObject(update)) merge(node, update);
  else if (isObject(node))
    throw fail('updates an object with something that is none', 'Write the properties that are to be merged.');
  else
    throw fail(
      'selects a single value, which cannot be updated',
      'Select the object that holds it, and name the property in update.',
    );
}

/** Objects are merged, lists are joined, everything else is replaced. */
function merge(into: JsonObject, update: JsonObject): void {
  for (const [key, value] of Object.entries(update)) {
    const before = Object.hasOwn(into, key) ? into[key] : undefined;
    if (isObject(before) && isObject(value)) merge(before, value);
    else if (Array.isArray(before) && Array.isArray(value)) before.push(...(structuredClone(value) as unknown[]));
    else
      Object.defineProperty(into, key, {
        value: structuredClone(value),
        writable: true,
        enumerable: true,
        configurable: true,
      });
  }
}

function removeAt(document: JsonObject, location: readonly (string | number)[], fail: Fail): void {
  const key = location.at(-1);
  let holder: unknown = document;
  for (const step of location.slice(0, -1)) holder = (holder as Record<string, unknown>)[step];
  if (key === undefined) throw fail('removes the whole document', 'Select what is to go.');
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (isObject(holder)) delete holder[String(key)];
}
