/** From a name to a contract: finds the document, refuses what is wrong with it, reads it. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { builtinContractDir } from './builtin-dir.ts';
import { builtinDocument } from './builtin-documents.ts';
import { ContractError, contractErrorOf } from './errors.ts';
import { placed, unusableOperations, type Flaws } from './flaws.ts';
import { checkKeywords } from './keywords.ts';
import { lineFinder } from './lines.ts';
import { readOperations } from './operations.ts';
import { requirementsFileOf } from './requirement-rows.ts';
import { isObject, textOf } from './resolve.ts';
import { readResources } from './resources.ts';
import type { Contract, FixtureDeclaration, JsonObject, Operation, Requirement } from './types.ts';
import type { ReadDocument, ReadOptions } from './untrusted.ts';

/** Names of the contracts that come with RingTrue; the first one is the default. */
export const builtinContracts = ['voice-calls', 'calldesk', 'aicaller'];

/** Ten times what the biggest public APIs have. Making a plan takes time that grows with the square of it. */
const MOST_OPERATIONS = 10_000;
const MOST_FIELDS = 5000;

export type LoadOptions = ReadOptions;

/**
 * @param name a built-in contract's name, or path or URL of an OpenAPI document
 * @param options whether references may lead to the network, where files may lie, and what is laid over the document
 * @throws ContractError with everything that is wrong, each with place and remedy; RequirementsError for the file beside it
 */
export async function loadContract(name: string, options: LoadOptions): Promise<Contract> {
  const builtin = builtinContracts.includes(name);
  const path = builtin ? join(builtinContractDir(), `${name}.yaml`) : name;
  const file = shown(path);
  const plain = (options.overlays ?? []).length === 0;
  const ready = builtin && plain ? await readBuiltin(path) : undefined;
  const read: Known = ready?.read ?? (await readForeign(path, options));
  const { document } = read;
  // A link that leads nowhere is the author's to correct (lint tells it), and takes nothing from what is asked.
  const problems = ready?.read ? [] : checkKeywords(document).filter(({ pointer }) => !/\/links\//.test(pointer));
  if (problems.length > 0)
    throw contractErrorOf(
      problems.map(({ pointer, message }) => ({
        file,
        pointer,
        line: read.lineOf(pointer),
        problem: message.replace(/\.$/, ''),
        remedy: 'docs/keywords.md lists the keywords and their places.',
      })),
    );
  const inferred: string[] = [];
  if (read.upgradedFrom !== undefined)
    inferred.push(`The document is ${versionText(read.upgradedFrom)}; it was read as 3.1.`);
  inferred.push(...(read.notes ?? []));
  const operations = readOperations(document, inferred);
  const flaws = read.flaws?.all ?? [];
  if (read.flaws) hurt(document, operations, read.flaws, inferred);
  if (operations.length === 0 && flaws.length === 0)
    throw new ContractError({
      file,
      pointer: '/paths',
      problem: 'it has no operation',
      remedy: 'Name a contract with paths.',
    });
  // Whoever can ask nothing is told everything that stands in the way.
  if (operations.every(({ unusable }) => unusable !== undefined) && flaws.length > 0)
    throw contractErrorOf(flaws.map((flaw) => ({ ...flaw, file: flaw.file === path ? file : flaw.file })));
  refuseTooMany(file, operations.length, MOST_OPERATIONS, 'operations');
  const resources = readResources(document, operations, inferred);
  const fields = resources.reduce((sum, one) => sum + one.createFields.length + one.updateFields.length, 0);
  refuseTooMany(file, fields, MOST_FIELDS, 'request properties');
  const info = isObject(document.info) ? document.info : {};
  const declared = document['x-ringtrue-development'];
  return {
    name: builtin ? name : basename(path).replace(/\.(ya?ml|json)$/i, ''),
    title: textOf(info.title, name),
    version: textOf(info.version),
    sha256: read.sha256,
    digest: ready?.digest,
    file,
    text: read.text,
    document,
    operations,
    resources,
    fixtures: readFixtures(document),
    development: isObject(declared)
      ? {
          token: String(declared.token),
          roleTokens: isObject(declared.roleTokens)
            ? Object.fromEntries(Object.entries(declared.roleTokens).map(([role, token]) => [role, String(token)]))
            : {},
        }
      : undefined,
    requirements: ready?.requirements ?? (await requirementsBeside(path)),
    inferred,
    lineOf: read.lineOf,
  };
}

function versionText(version: string): string {
  return version.startsWith('2') ? 'Swagger 2.0' : `OpenAPI ${version}`;
}

/** Loaded here: a built-in contract was parsed while building. */
async function readForeign(path: string, options: LoadOptions): Promise<ReadDocument> {
  const { readDocument } = await import('./untrusted.ts');
  return readDocument(path, options);
}

/** Tells each operation whether what is wrong with the document keeps it from being asked. */
function hurt(document: JsonObject, operations: readonly Operation[], flaws: Flaws, notes: string[]): void {
  const unusable = unusableOperations(document, flaws, notes);
  for (const operation of operations) {
    const flaw = unusable.get(operation.pointer);
    if (flaw) operation.unusable ??= `${placed(flaw)} ${flaw.problem}`;
    if (operation.unusable !== undefined) notes.push(`${operation.id} cannot be asked: ${operation.unusable}.`);
  }
}

/** @throws ContractError for a contract that it would take minutes to make a plan of */
function refuseTooMany(file: string, count: number, most: number, what: string): void {
  if (count <= most) return;
  throw new ContractError({
    file,
    problem: `it has ${String(count)} ${what}, and no plan is made of more than ${String(most)}`,
    remedy: 'Leave out what is not to be asked, or split it.',
  });
}

/** What is known of a document that was read and checked before has no flaws and no notes. */
type Known = Omit<ReadDocument, 'version' | 'flaws' | 'notes'> & Partial<Pick<ReadDocument, 'flaws' | 'notes'>>;

/** A built-in contract is read from its files, unless they are still those that were read while building. */
async function readBuiltin(
  path: string,
): Promise<{ digest: string; read?: Known; requirements?: Requirement[] } | undefined> {
  const requirementsFile = requirementsFileOf(path);
  if (!existsSync(path) || !existsSync(requirementsFile)) return undefined;
  const text = readFileSync(path, 'utf8');
  const sha256 = createHash('sha256').update(text).digest('hex');
  const digest = createHash('sha256').update(sha256).update(readFileSync(requirementsFile)).digest('hex');
  const known = await builtinDocument(digest);
  if (!known) return { digest };
  const { document, requirements } = known;
  return { digest, requirements, read: { document, file: path, sha256, text, lineOf: lineFinder(text) } };
}

async function requirementsBeside(path: string): Promise<Requirement[]> {
  const file = requirementsFileOf(path);
  if (/^https?:/.test(path) || !existsSync(file)) return [];
  const [{ readRequirements }, { readText }] = await Promise.all([
    import('./requirements.ts'),
    import('./read-text.ts'),
  ]);
  return readRequirements(await readText(file), file);
}

/** Paths below the current folder are shown as people type them. */
function shown(path: string): string {
  if (/^https?:/.test(path)) return path;
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

function readFixtures(document: JsonObject): FixtureDeclaration[] {
  const declared = document['x-ringtrue-fixtures'];
  if (!isObject(declared)) return [];
  return Object.entries(declared).map(([name, value]) => {
    const fixture = isObject(value) ? value : {};
    return {
      name,
      description: textOf(fixture.description),
      optional: fixture.optional === true,
      development: fixture.development === undefined ? undefined : textOf(fixture.development),
    };
  });
}
