/** Reads a contract that may be anybody's: wrong, huge, or made to do harm. */
import { createHash } from 'node:crypto';
import { ContractError } from './errors.ts';
import { bundleParts } from './bundle.ts';
import { addressOf, readPart, readParts, type Part } from './external.ts';
import { Flaws } from './flaws.ts';
import { hideNames, showNames } from './hidden-names.ts';
import { inspect } from './inspect.ts';
import { lineFinder } from './lines.ts';
import { findLoop } from './loops.ts';
import { normaliseSchemas } from './normalise.ts';
import { at, isObject, textOf } from './resolve.ts';
import type { JsonObject } from './types.ts';

export interface ReadOptions {
  /** Whether `$ref`s may lead to the network. */
  allowRemote: boolean;
  /** The folder that no file of the contract may lie outside of. */
  refRoot?: string;
  /** OpenAPI Overlay documents, applied in this order. */
  overlays?: readonly string[];
}

export interface ReadDocument {
  /** OpenAPI 3.1, all in one document; `$ref`s inside it stay. */
  document: JsonObject;
  /** As the user named it. */
  file: string;
  /** Of the text, or of all files' texts one after the other. */
  sha256: string;
  text: string;
  /** 1-based line of a JSON Pointer, or of the nearest place around it. */
  lineOf(pointer: string): number | undefined;
  /** What the document says of itself: `3.0.3`, `2.0`. */
  version: string;
  /** Set when the document was OpenAPI 3.0 or Swagger 2: the same. */
  upgradedFrom?: string;
  /** What is wrong with parts of it. */
  flaws: Flaws;
  /** What is read as an annotation: plain sentences. */
  notes: string[];
}

/**
 * @param name path or http(s) URL of an OpenAPI document in YAML or JSON
 * @param options what is allowed
 * @returns the document, with what is wrong with parts of it
 * @throws ContractError with place and remedy when it is no document that anything can be read from
 * @see OpenAPI 3.1 sections 4.3 (formats) and 4.6 (relative references)
 */
export async function readDocument(name: string, options: ReadOptions): Promise<ReadDocument> {
  const root = await readPart(name, addressOf(name));
  const lineOf = lineFinder(root.text);
  if (!isObject(root.document)) {
    throw new ContractError({
      file: name,
      problem: 'it holds no OpenAPI document',
      remedy: 'An OpenAPI document begins with openapi: 3.1.0.',
    });
  }
  const version = versionOf(root, root.document, lineOf);
  const flaws = new Flaws();
  const parts = await readParts(root, options, flaws);
  const texts = parts.map(({ text }) => text);
  let document = parts.length > 1 ? bundleParts(parts) : root.document;
  straighten(name, document, lineOf, flaws);
  const overlays = options.overlays ?? [];
  const notes: string[] = [];
  if (overlays.length > 0) {
    const { applyOverlay } = await import('./overlay.ts');
    // What YAML aliases share is changed in one place alone.
    document = JSON.parse(JSON.stringify(document)) as JsonObject;
    for (const overlay of overlays) {
      const applied = await applyOverlay(document, overlay);
      texts.push(applied.text);
      notes.push(...applied.notes);
    }
  }
  breakLoops(name, document, lineOf, flaws);
  const isOld = /^[23]\.0/.test(version) || version === '2';
  if (isOld) document = await upgrade(root, document);
  flaws.settle(document);
  normaliseSchemas(document, { file: name, lineOf, version, flaws, notes });
  return {
    document,
    file: name,
    sha256: hash(texts),
    text: root.text,
    lineOf,
    version,
    ...(isOld ? { upgradedFrom: version } : {}),
    flaws,
    notes,
  };
}

type LineOf = (pointer: string) => number | undefined;

function versionOf(root: Part, document: JsonObject, lineOf: LineOf): string {
  const { openapi, swagger } = document;
  if (typeof openapi === 'string' && /^3\.[012](?:\.|$)/.test(openapi)) return openapi;
  // Everybody writes it as a text; YAML makes a number of it where the quotes are missing.
  if (openapi === undefined && /^2(?:\.0)?$/.test(textOf(swagger))) return '2.0';
  const { file } = root;
  if (openapi === undefined && swagger === undefined) {
    const remedy = 'An OpenAPI document begins with openapi: 3.1.0.';
    throw new ContractError({ file, problem: 'it is no OpenAPI document: there is no key "openapi"', remedy });
  }
  const key = openapi === undefined ? 'swagger' : 'openapi';
  const problem = `its OpenAPI version is ${JSON.stringify(openapi ?? swagger)}`;
  throw new ContractError({
    file,
    pointer: `/${key}`,
    line: lineOf(`/${key}`),
    problem,
    remedy: 'RingTrue reads 3.1.x, and 3.0.x and Swagger 2.0 by upgrading them; write the version as a text.',
  });
}

/** References through references (`#/paths/…/parameters/0/schema`, where that parameter is one itself) lead to where these lead. */
function straighten(file: string, document: JsonObject, lineOf: LineOf, flaws: Flaws): void {
  for (const { target, pointer } of inspect(document).references) {
    if (!target.startsWith('#/') || resolves(document, target)) continue;
    const node = at(document, pointer);
    const straight = straightened(document, target);
    if (!isObject(node)) continue;
    if (straight !== undefined) node.$ref = `#${straight.replaceAll('%', '%25')}`;
    else {
      const problem = `the reference ${target} leads nowhere`;
      const remedy = 'Correct the reference, or add what it names.';
      flaws.mark(node, { file, pointer, line: lineOf(`${pointer}/$ref`), problem, remedy });
    }
  }
}

function straightened(document: JsonObject, target: string): string | undefined {
  let pointer = '';
  for (const token of decodeURIComponent(target.slice(1)).split('/').slice(1)) {
    let here: unknown = at(document, pointer);
    for (let hops = 0; hops < 10 && isObject(here) && typeof here.$ref === 'string'; hops += 1) {
      pointer = decodeURIComponent(here.$ref.slice(1));
      here = at(document, pointer);
    }
    pointer = `${pointer}/${token}`;
    if (at(document, pointer) === undefined) return undefined;
  }
  return pointer;
}

function resolves(document: unknown, target: string): boolean {
  try {
    return at(document, target) !== undefined;
  } catch {
    // A broken percent-encoding.
    return false;
  }
}

/** A reference that leads back to itself with nothing in between stands for nothing. */
function breakLoops(file: string, document: JsonObject, lineOf: LineOf, flaws: Flaws): void {
  let { references } = inspect(document);
  for (let loop = findLoop(references); loop; loop = findLoop(references)) {
    const { pointer, target } = loop;
    const node = at(document, pointer);
    references = references.filter((one) => one !== loop);
    if (!isObject(node)) continue;
    const problem = `the reference ${target} leads back to itself`;
    flaws.mark(node, { file, pointer, line: lineOf(pointer), problem, remedy: 'Let it lead to what it stands for.' });
  }
}

async function upgrade(root: Part, document: JsonObject): Promise<JsonObject> {
  const { upgrade: upgradeTo } = await import('@scalar/openapi-upgrader');
  try {
    // The upgrader changes what it is given, and shared parts (YAML aliases) must not be changed twice.
    const copy = JSON.parse(JSON.stringify(document)) as JsonObject;
    // A number in YAML without quotes; the upgrader looks for a text.
    if ('swagger' in copy) copy.swagger = '2.0';
    hideNames(copy);
    const upgraded = upgradeTo(copy, '3.1');
    showNames(upgraded);
    return upgraded;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ContractError(
      {
        file: root.file,
        problem: `it cannot be upgraded to OpenAPI 3.1 (${reason})`,
        remedy: 'Upgrade it by hand and name the result.',
      },
      { cause: error },
    );
  }
}

function hash(texts: readonly string[]): string {
  const sum = createHash('sha256');
  for (const text of texts) sum.update(text);
  return sum.digest('hex');
}
