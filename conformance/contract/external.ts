/** Brings a contract of several files together in one document, reading only what may be read. */
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ContractError } from './errors.ts';
import type { Flaw, Flaws } from './flaws.ts';
import { inspect, type Excess, type Pattern, type Reference } from './inspect.ts';
import { lineFinder } from './lines.ts';
import { parseText } from './parse-text.ts';
import { isUrl, readText } from './read-text.ts';
import { at, isObject } from './resolve.ts';
import { backtracking } from './safe-pattern.ts';

/** The most that a public document has is about a thousand. */
const MAX_FILES = 5000;

/** One file of a contract. */
export interface Part {
  /** As it is told in messages. */
  file: string;
  /** Where it is: `file://` or `http(s)://`, without a fragment. */
  url: string;
  text: string;
  document: unknown;
  references: Reference[];
  flaws: PartFlaw[];
}

/** @returns the contract's own file, parsed and looked over */
export async function readPart(file: string, url: string): Promise<Part> {
  const text = await readText(url.startsWith('file:') ? file : url);
  const document = parseText(text, file);
  const { references, patterns, excesses, problem } = inspect(document);
  if (problem !== undefined) throw new ContractError({ file, problem, remedy: 'Use $ref for shared parts.' });
  const lineOf = lineFinder(text);
  const found: PartFlaw[] = [...slowPatterns(patterns), ...tooBig(excesses)].map((flaw) => ({
    node: parentOf(document, flaw.pointer),
    flaw: { file, line: lineOf(flaw.pointer), ...flaw },
  }));
  return { file, url, text, document, references, flaws: found };
}

/** A flaw of one file, and the object that holds the keyword. */
interface PartFlaw {
  node: unknown;
  flaw: Flaw;
}

type Wrong = Pick<Flaw, 'problem' | 'remedy'> & { pointer: string };

/** A pattern that would stall the run is never tried on a value. */
function slowPatterns(patterns: readonly Pattern[]): Wrong[] {
  return patterns.flatMap(({ pattern, pointer }) => {
    const why = backtracking(pattern);
    if (why === undefined) return [];
    const problem = `the pattern ${JSON.stringify(pattern)} cannot be used: ${why}`;
    return [{ pointer, problem, remedy: 'Write it without loops inside loops.' }];
  });
}

function tooBig(excesses: readonly Excess[]): Wrong[] {
  return excesses.map(({ keyword, value, most, pointer }) => ({
    pointer,
    problem: `${keyword} is ${String(value)}, and no value is made that big: ${String(most)} is the most`,
    remedy: 'Ask for less, or leave the operation out.',
  }));
}

function parentOf(document: unknown, pointer: string): unknown {
  const above = pointer.slice(0, pointer.lastIndexOf('/'));
  // The patterns of `patternProperties` are names.
  return at(document, above.endsWith('/patternProperties') ? above.slice(0, above.lastIndexOf('/')) : above);
}

/** @returns the address of a contract that the user named by path or URL */
export function addressOf(name: string): string {
  return isUrl(name) ? new URL(name).href : pathToFileURL(resolve(name)).href;
}

export interface PartOptions {
  /** Whether parts may come over the network. */
  allowRemote: boolean;
  /** The folder that no part may lie outside of. */
  refRoot?: string;
}

/**
 * Reads all files of a contract. What is wrong with one reference hurts nobody but who follows it: it is marked.
 *
 * @param root the contract's own file
 * @param options what is allowed
 * @param flaws takes each reference that may not be followed or leads nowhere, and what is wrong with the files themselves
 * @returns all parts, the root first
 */
export async function readParts(root: Part, options: PartOptions, flaws: Flaws): Promise<Part[]> {
  const parts = new Map<string, Part>([[root.url, root]]);
  const folder = root.url.startsWith('file:') ? await rootFolder(root.url, options.refRoot) : undefined;
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
      try {
        const [address, fragment] = splitFragment(reference.target, part.url, fail);
        let target = parts.get(address);
        if (!target) {
          if (parts.size >= MAX_FILES) throw fail(`it has more than ${MAX_FILES} files`, 'Bundle them first.');
          await mayRead(address, folder, options.allowRemote, reference.target, fail);
          target = await readNext(address, root.url, reference.target, fail);
          parts.set(address, target);
        }
        if (fragment !== '' && (!fragment.startsWith('/') || !leads(target.document, fragment)))
          throw fail(`the reference ${reference.target} leads nowhere`, 'Correct the reference, or add what it names.');
      } catch (error) {
        if (!(error instanceof ContractError)) throw error;
        const node = at(part.document, reference.pointer);
        if (!isObject(node)) throw error;
        const { file, pointer, line, problem, remedy } = error;
        flaws.mark(node, { file, pointer, line, problem, remedy });
      }
    }
  }
  for (const { flaws: own } of parts.values())
    for (const { node, flaw } of own) if (isObject(node)) flaws.mark(node, flaw);
  return [...parts.values()];
}

/** Whether something stands at a pointer, seen through references on the way: where those lead is looked at when they are. */
function leads(document: unknown, fragment: string): boolean {
  if (at(document, fragment) !== undefined) return true;
  const tokens = fragment.split('/');
  return tokens.some((_, index) => {
    const here = at(document, tokens.slice(0, index).join('/'));
    return index > 1 && isObject(here) && typeof here.$ref === 'string';
  });
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
      `the reference ${target} leads out of the contract's folder, which is ${folder}`,
      'Name the folder that holds all its files with --ref-root.',
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
        'Correct the reference, or add the file.',
      );
    }
    throw error;
  }
}

/** Where the files of a contract may lie: the folder that was named; else the repository or the working folder that it lies in, else its own. */
async function rootFolder(url: string, named: string | undefined): Promise<string> {
  if (named !== undefined) {
    try {
      return await realpath(named);
    } catch (error) {
      throw new ContractError(
        { file: named, problem: 'there is no such folder', remedy: 'Name one that exists with --ref-root.' },
        { cause: error },
      );
    }
  }
  const own = dirname(await realpath(fileURLToPath(url)));
  for (let folder = own; dirname(folder) !== folder; folder = dirname(folder))
    if (existsSync(join(folder, '.git'))) return folder;
  const working = await realpath(process.cwd());
  return own === working || own.startsWith(working.endsWith(sep) ? working : working + sep) ? working : own;
}
