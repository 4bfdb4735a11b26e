/** Reads a contract that may be anybody's: wrong, huge, or made to do harm. */
import { createHash } from 'node:crypto';
import { ContractError } from './errors.ts';
import { addressOf, bundleParts, isExternal, readPart, readParts, type Part } from './external.ts';
import { inspect, type Reference } from './inspect.ts';
import { lineFinder } from './lines.ts';
import { findLoop } from './loops.ts';
import { at, isObject } from './resolve.ts';
import type { JsonObject } from './types.ts';

export interface ReadOptions {
  /** Whether `$ref`s may lead to the network. */
  allowRemote: boolean;
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
  /** Set when the document was OpenAPI 3.0: what it says of itself. */
  upgradedFrom?: string;
}

/**
 * @param name path or http(s) URL of an OpenAPI document in YAML or JSON
 * @param options what is allowed
 * @throws ContractError with place and remedy, whatever is wrong with it
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
  let { document } = root;
  let texts = [root.text];
  let { references } = root;
  if (root.references.some(isExternal)) {
    const parts = await readParts(root, options.allowRemote);
    document = await bundleParts(parts);
    texts = parts.map(({ text }) => text);
    ({ references } = inspect(document));
  } else {
    checkInternal(root, lineOf);
  }
  checkLoops(root.file, references, lineOf);
  if (version.startsWith('3.0')) document = await upgrade(root, document);
  return {
    document,
    file: name,
    sha256: hash(texts),
    text: root.text,
    lineOf,
    ...(version.startsWith('3.0') ? { upgradedFrom: version } : {}),
  };
}

function versionOf(root: Part, document: JsonObject, lineOf: (pointer: string) => number | undefined): string {
  const { openapi, swagger } = document;
  if (typeof openapi === 'string' && /^3\.[01](?:\.|$)/.test(openapi)) return openapi;
  const { file } = root;
  if (swagger !== undefined) {
    const remedy = 'Convert it to OpenAPI 3.1 first, for example with npx @scalar/cli document upgrade.';
    throw new ContractError({
      file,
      pointer: '/swagger',
      line: lineOf('/swagger'),
      problem: 'it is Swagger 2, which is not read here',
      remedy,
    });
  }
  if (openapi === undefined) {
    const remedy = 'An OpenAPI document begins with openapi: 3.1.0.';
    throw new ContractError({ file, problem: 'it is no OpenAPI document: there is no key "openapi"', remedy });
  }
  const problem = `its OpenAPI version is ${JSON.stringify(openapi)}`;
  throw new ContractError({
    file,
    pointer: '/openapi',
    line: lineOf('/openapi'),
    problem,
    remedy: 'RingTrue reads 3.1.x, and 3.0.x by upgrading it; write the version as a text.',
  });
}

/** A contract of one file needs no library to see that its references lead somewhere. */
function checkInternal(root: Part, lineOf: (pointer: string) => number | undefined): void {
  for (const { target, pointer } of root.references) {
    if (!target.startsWith('#/') && target !== '#') continue;
    if (resolves(root.document, target)) continue;
    const problem = `the reference ${target} leads nowhere`;
    const remedy = 'Mend the reference, or add what it names.';
    throw new ContractError({ file: root.file, pointer, line: lineOf(`${pointer}/$ref`), problem, remedy });
  }
}

function checkLoops(
  file: string,
  references: readonly Reference[],
  lineOf: (pointer: string) => number | undefined,
): void {
  const loop = findLoop(references);
  if (!loop) return;
  const { pointer, target } = loop;
  const problem = `the reference ${target} leads back to itself`;
  const remedy = 'Let it lead to what it stands for.';
  throw new ContractError({ file, pointer, line: lineOf(pointer), problem, remedy });
}

function resolves(document: unknown, target: string): boolean {
  try {
    return at(document, target) !== undefined;
  } catch {
    // A broken percent-encoding.
    return false;
  }
}

async function upgrade(root: Part, document: JsonObject): Promise<JsonObject> {
  const { upgrade: upgradeTo } = await import('@scalar/openapi-upgrader');
  try {
    // The upgrader changes what it is given, and shared parts (YAML aliases) must not be changed twice.
    return upgradeTo(structuredClone(document), '3.1');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ContractError(
      {
        file: root.file,
        problem: `it cannot be upgraded from OpenAPI 3.0 to 3.1 (${reason})`,
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
