/** Brings a contract of several files together in one document, reading only what may be read. */
import { realpath } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ContractError } from './errors.ts';
import { inspect, type Pattern, type Reference } from './inspect.ts';
import { lineFinder } from './lines.ts';
import { parseText } from './parse-text.ts';
import { isUrl, readText } from './read-text.ts';
import { at, isObject } from './resolve.ts';
import { backtracking } from './safe-pattern.ts';
import type { JsonObject } from './types.ts';

/** A contract is split by hand: nobody has so many files. */
const MAX_FILES = 1000;

/** One file of a contract. */
export interface Part {
  /** As it is told in messages. */
  file: string;
  /** Where it is: `file://` or `http(s)://`, without a fragment. */
  url: string;
  text: string;
  document: unknown;
  references: Reference[];
}

/** @returns the contract's own file, parsed and looked over */
export async function readPart(file: string, url: string): Promise<Part> {
  const text = await readText(url.startsWith('file:') ? file : url);
  const document = parseText(text, file);
  const { references, patterns, excesses, problem } = inspect(document);
  if (problem !== undefined) throw new ContractError({ file, problem, remedy: 'Use $ref for shared parts.' });
  checkPatterns(file, text, patterns);
  const [excess] = excesses;
  if (excess) {
    const { keyword, value, most, pointer } = excess;
    const wrong = `${keyword} is ${String(value)}, and no value is made that big: ${String(most)} is the most`;
    throw new ContractError({
      file,
      pointer,
      line: lineFinder(text)(pointer),
      problem: wrong,
      remedy: 'Ask for less, or leave the operation out.',
    });
  }
  return { file, url, text, document, references };
}

/** A pattern that would stall the run is refused before anything is asked of anybody. */
function checkPatterns(file: string, text: string, patterns: readonly Pattern[]): void {
  for (const { pattern, pointer } of patterns) {
    const problem = backtracking(pattern);
    if (problem === undefined) continue;
    throw new ContractError({
      file,
      pointer,
      line: lineFinder(text)(pointer),
      problem: `the pattern ${JSON.stringify(pattern)} cannot be used: ${problem}`,
      remedy: 'Write it without loops inside loops.',
    });
  }
}

/** @returns the address of a contract that the user named by path or URL */
export function addressOf(name: string): string {
  return isUrl(name) ? new URL(name).href : pathToFileURL(resolve(name)).href;
}

/** Whether a reference leads out of its file. */
export function isExternal({ target }: Reference): boolean {
  return !target.startsWith('#');
}

/**
 * @param root the contract's own file
 * @param allowRemote whether parts may come over the network
 * @returns all parts, the root first
 * @throws ContractError for a reference that may not be followed or leads nowhere
 */
export async function readParts(root: Part, allowRemote: boolean): Promise<Part[]> {
  const parts = new Map<string, Part>([[root.url, root]]);
  const folder = root.url.startsWith('file:') ? await realFolder(root.url) : undefined;
  for (const part of parts.values()) {
    const lineOf = lineFinder(part.text);
    for (const reference of part.references) {
      const fail = (problem: string, remedy: string): ContractError =>
        new ContractError({
          file: part.file,
          pointer: reference.pointer,
          line: lineOf(`${reference.pointer}/$ref`),
          problem,
          remedy,
        });
      const [address, fragment] = splitFragment(reference.target, part.url, fail);
      let target = parts.get(address);
      if (!target) {
        if (parts.size >= MAX_FILES) throw fail(`it has more than ${MAX_FILES} files`, 'Bundle them first.');
        await mayRead(address, folder, allowRemote, reference.target, fail);
        target = await readNext(address, root.url, reference.target, fail);
        parts.set(address, target);
      }
      if (fragment.startsWith('/') && at(target.document, fragment) === undefined) {
        throw fail(`the reference ${reference.target} leads nowhere`, 'Mend the reference, or add what it names.');
      }
    }
  }
  return [...parts.values()];
}

type Fail = (problem: string, remedy: string) => ContractError;

function splitFragment(target: string, base: string, fail: Fail): [address: string, fragment: string] {
  let url: URL;
  try {
    url = new URL(target, base);
    const fragment = decodeURIComponent(url.hash.slice(1));
    url.hash = '';
    // A slash in a file's name is none of a path's: such an address names no file.
    if (url.protocol === 'file:') fileURLToPath(url);
    return [url.href, fragment];
  } catch {
    throw fail(
      `the reference ${JSON.stringify(target)} is no valid URI reference`,
      'Write it as in RFC 3986, with %20 for a space.',
    );
  }
}

async function mayRead(
  address: string,
  folder: string | undefined,
  allowRemote: boolean,
  target: string,
  fail: Fail,
): Promise<void> {
  if (isUrl(address)) {
    if (allowRemote) return;
    throw fail(
      `the reference ${target} leads to the network, which a contract may not do by itself`,
      'Download the file beside the contract, or allow it with --allow-remote-refs.',
    );
  }
  if (!address.startsWith('file:') || folder === undefined) {
    throw fail(`the reference ${target} is neither a file nor an http(s) URL`, 'Put the file beside the contract.');
  }
  // Links are followed before the comparison: a link in the folder may lead out of it.
  const path = await realpath(fileURLToPath(address)).catch(() => fileURLToPath(address));
  if (path !== folder && !path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) {
    throw fail(
      `the reference ${target} leads out of the contract's folder`,
      'Put the file into the folder of the contract.',
    );
  }
}

async function readNext(address: string, rootUrl: string, target: string, fail: Fail): Promise<Part> {
  const file = address.startsWith('file:') ? relative(process.cwd(), fileURLToPath(address)) : address;
  try {
    return await readPart(file, address);
  } catch (error) {
    // A part that is not there is a mistake of the reference; one that is broken is a mistake of its own.
    if (
      error instanceof ContractError &&
      error.line === undefined &&
      error.cause instanceof Error &&
      address !== rootUrl
    ) {
      throw fail(
        `the reference ${target} cannot be followed: ${error.problem}`,
        'Mend the reference, or add the file.',
      );
    }
    throw error;
  }
}

async function realFolder(url: string): Promise<string> {
  return dirname(await realpath(fileURLToPath(url)));
}

/**
 * Replaces references between files by references within one document; those that go round in circles stay references.
 *
 * @param parts as {@link readParts} returned them
 */
export async function bundleParts(parts: readonly Part[]): Promise<JsonObject> {
  const [root] = parts;
  if (!root || !isObject(root.document)) throw new Error('bundleParts: the first part is no object');
  const { bundle } = await import('./ref-parser.ts');
  const byUrl = new Map(parts.map((part) => [part.url, part.document]));
  // Everything was read and judged before: the library reads nothing by itself.
  const memory = {
    order: 1,
    canRead: true,
    read: ({ url }: { url: string }) => JSON.stringify(byUrl.get(hrefOf(url))),
  };
  const parser = {
    order: 1,
    canParse: true,
    parse: ({ data }: { data: unknown }) => JSON.parse(String(data)) as object,
  };
  try {
    const bundled: unknown = await bundle(root.url, root.document, {
      resolve: { file: false, http: false, memory },
      parse: { json: false, yaml: false, text: false, binary: false, memory: parser },
    });
    return bundled as JsonObject;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    throw new ContractError(
      {
        file: root.file,
        problem: `its files cannot be brought together: ${reason}`,
        remedy: 'Bundle them first, for example with redocly bundle.',
      },
      { cause: error },
    );
  }
}

/** The library hands over paths or URLs, depending on the platform. */
function hrefOf(url: string): string {
  return /^[a-z][a-z\d+.-]+:/i.test(url) ? url : pathToFileURL(url).href;
}
