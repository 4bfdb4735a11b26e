/** From a name to a contract: finds the document, refuses what is wrong with it, reads it. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { builtinContractDir } from './builtin-dir.ts';
import { builtinDocument } from './builtin-documents.ts';
import { ContractError } from './errors.ts';
import { checkKeywords } from './keywords.ts';
import { lineFinder } from './lines.ts';
import { readOperations } from './operations.ts';
import { requirementsFileOf } from './requirement-rows.ts';
import { isObject, textOf } from './resolve.ts';
import { readResources } from './resources.ts';
import type { Contract, FixtureDeclaration, JsonObject, Requirement } from './types.ts';
import type { ReadDocument } from './untrusted.ts';

/** Names of the contracts that come with RingTrue; the first one is the default. */
export const builtinContracts = ['voice-calls', 'calldesk', 'aicaller'];

/** Ten times what the biggest public APIs have. Making a plan takes time that grows with the square of it. */
const MOST_OPERATIONS = 10_000;
const MOST_FIELDS = 5000;

/**
 * @param name a built-in contract's name, or path or URL of an OpenAPI 3.1 (or 3.0) document
 * @param options whether references may lead to the network
 * @throws ContractError with place and remedy; RequirementsError for the file beside it
 */
export async function loadContract(name: string, options: { allowRemote: boolean }): Promise<Contract> {
  const builtin = builtinContracts.includes(name);
  const path = builtin ? join(builtinContractDir(), `${name}.yaml`) : name;
  const file = shown(path);
  const ready = builtin ? await readBuiltin(path) : undefined;
  const read = ready?.read ?? (await readForeign(path, options));
  const { document } = read;
  const problem = ready?.read ? undefined : checkKeywords(document)[0];
  if (problem)
    throw new ContractError({
      file,
      pointer: problem.pointer,
      line: read.lineOf(problem.pointer),
      problem: problem.message.replace(/\.$/, ''),
      remedy: 'docs/keywords.md lists the keywords and their places.',
    });
  const inferred: string[] = [];
  if (read.upgradedFrom !== undefined)
    inferred.push(`The document is OpenAPI ${read.upgradedFrom}; it was read as 3.1.`);
  const operations = readOperations(document);
  if (operations.length === 0)
    throw new ContractError({
      file,
      pointer: '/paths',
      problem: 'it has no operation',
      remedy: 'Name a contract with paths.',
    });
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

/** Loaded here: a built-in contract was parsed while building. */
async function readForeign(path: string, options: { allowRemote: boolean }): Promise<ReadDocument> {
  const { readDocument } = await import('./untrusted.ts');
  return readDocument(path, options);
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

/** A built-in contract is read from its files, unless they are still those that were read while building. */
async function readBuiltin(
  path: string,
): Promise<{ digest: string; read?: ReadDocument; requirements?: Requirement[] } | undefined> {
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
