/** Which of the records in a ledger can be deleted, how, and in which order. Sends nothing. */
import { at } from '../contract/resolve.ts';
import type { Contract, Operation, Resource } from '../contract/types.ts';
import type { LedgerEntry } from '../model/index.ts';

/** One record of a ledger: how it is deleted, or why it cannot be. */
export interface Removal {
  entry: LedgerEntry;
  /** The DELETE and what fills its path, query and headers. */
  ask?: {
    operation: Operation;
    pathParameters: Record<string, string>;
    query: [string, string][];
    headers: Record<string, string>;
  };
  /** Why it cannot be deleted: a clause. */
  reason?: string;
}

export interface PlanOptions {
  contract: Contract;
  /** The target: only what was created there is deleted there. */
  url: string;
  fixture: (name: string) => string | undefined;
}

/**
 * @param entries a ledger in the order of creation, with the lines that say what is deleted already
 * @param options the contract, the target and the values that are known
 * @returns each record once: children before their parents, later ones before earlier ones
 */
export function planCleanup(entries: readonly LedgerEntry[], options: PlanOptions): Removal[] {
  const removals = standing(entries).map((entry, order) => {
    const resource = resourceOf(options.contract, entry);
    return { removal: removalOf(entry, resource, options), depth: depthOf(resource), order };
  });
  const seen = new Set<string>();
  return removals
    .sort((a, b) => b.depth - a.depth || b.order - a.order)
    .map(({ removal }) => removal)
    .filter(({ ask }) => {
      if (!ask) return true;
      // A create that was repeated with the same key answers the same record.
      const key = JSON.stringify([ask.operation.id, ask.pathParameters]);
      return seen.has(key) ? false : seen.add(key);
    });
}

/** @returns the records of a ledger that no line of it says to be deleted, each once */
function standing(entries: readonly LedgerEntry[]): LedgerEntry[] {
  const left = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.operation, entry.id, entry.url]);
    if (entry.deleted) left.delete(key);
    // Which of several unknown ones is which nobody can tell: each may be a record of its own.
    else left.set(key, entry.id === undefined ? [...(left.get(key) ?? []), entry] : [entry]);
  }
  return [...left.values()].flat().sort((a, b) => entries.indexOf(a) - entries.indexOf(b));
}

function resourceOf({ resources }: Contract, { operation }: LedgerEntry): Resource | undefined {
  return resources.find(
    ({ create, otherCreates }) => create?.id === operation || otherCreates.some(({ id }) => id === operation),
  );
}

/** How many records stand above it. */
function depthOf(resource: Resource | undefined): number {
  return resource?.parents.length ?? 0;
}

function removalOf(entry: LedgerEntry, resource: Resource | undefined, options: PlanOptions): Removal {
  const left = (reason: string): Removal => ({ entry, reason });
  const { contract } = options;
  if (!resource) {
    if (contract.operations.some(({ id }) => id === entry.operation))
      return left(
        entry.unconfirmed ? 'nobody knows what became of the request' : `${entry.operation} makes no known record`,
      );
    // `fixture name` and `POST /path` stand for requests of the config file.
    return left(
      /^[A-Z]+ \//.test(entry.operation)
        ? 'it was created for a fixture, and no operation of the contract is known to delete it'
        : `${contract.name} has no operation ${entry.operation}`,
    );
  }
  if (!isAt(entry.url, options.url)) return left('it was created on another target');
  const operation = resource.delete;
  if (!operation) return left('the contract has no DELETE for it');
  if (operation.unusable !== undefined) return left(`${operation.id} cannot be asked: ${operation.unusable}`);
  if (resource.kind !== 'keyed' && entry.id === undefined)
    return left(entry.unconfirmed ? 'nobody knows whether it was created, and its id is unknown' : 'its id is unknown');
  if (`${entry.id ?? ''} ${entry.url}`.includes('***')) return left('its address holds a secret, which is masked');
  if (/… ?\S* \(\d+ characters\)$/.test(entry.id ?? '')) return left('its id is too long to be kept');
  const doubt = mayBeOlder(entry, resource);
  if (doubt !== undefined) return left(doubt);
  const pathParameters = parametersOf(entry, resource, operation, options);
  if (typeof pathParameters === 'string') return left(`nothing says which ${pathParameters} it has`);
  const query: [string, string][] = [];
  const headers: Record<string, string> = {};
  for (const parameter of operation.parameters) {
    if (!parameter.required || parameter.in === 'path' || isCredential(operation, parameter)) continue;
    const value =
      options.fixture(`${operation.id}.${parameter.name}`) ?? options.fixture(parameter.name) ?? ownValue(parameter);
    // Nothing is made for it: cleaning up only deletes.
    if (value === undefined || parameter.in === 'cookie')
      return left(`${operation.id} needs a value for ${parameter.name} (--fixture ${parameter.name}=VALUE)`);
    if (parameter.in === 'query') query.push([parameter.name, value]);
    else headers[parameter.name] = value;
  }
  return { entry, ask: { operation, pathParameters, query, headers } };
}

/** A server may answer a create with a record that was there before; what the run did not make is never deleted. */
function mayBeOlder({ status, marker, id, url, unconfirmed }: LedgerEntry, { kind }: Resource): string | undefined {
  if (status === 201 || status === 202) return undefined;
  if (kind !== 'keyed')
    return marker === undefined ? 'no 201 says that it is new, and no marker that it is ours' : undefined;
  const marked = /(?:^|\W)rt[\da-z]{3,}/.test(`${id ?? ''} ${url.split('/').at(-1) ?? ''}`);
  if (marked) return undefined;
  return unconfirmed
    ? 'nobody knows whether it was created, or was there before'
    : 'PUT may have replaced a record that was there before: it was not answered with 201';
}

/** @returns the value of each parameter of the path; the name of one that is not known */
function parametersOf(
  entry: LedgerEntry,
  resource: Resource,
  operation: Operation,
  { contract, url, fixture }: PlanOptions,
): Record<string, string> | string {
  const create = contract.operations.find(({ id }) => id === entry.operation);
  const known = create ? valuesIn(pathBelow(entry.url, url), create.path) : new Map<string, string>();
  const values: Record<string, string> = {};
  const names = [...operation.path.matchAll(/\{([^}]+)\}/g)];
  for (const [index, match] of names.entries()) {
    const name = match[1] ?? '';
    const before = shapeOf(operation.path.slice(0, match.index));
    const isId = name === resource.idParameter || (index === names.length - 1 && !known.has(before));
    const value = (isId ? entry.id : undefined) ?? known.get(before) ?? known.get(`{${name}}`) ?? fixture(name);
    if (value === undefined || value === '') return name;
    values[name] = value;
  }
  return values;
}

/** The values of a template's parameters in a path, by what stands before each and by `{name}`. */
function valuesIn(path: string, template: string): Map<string, string> {
  const names: { name: string; before: string }[] = [];
  const pattern = template.replaceAll(/\{([^}]+)\}|[^{]+/g, (part, name: string | undefined, place: number) => {
    if (name === undefined) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    names.push({ name, before: shapeOf(template.slice(0, place)) });
    return '([^/]+?)';
  });
  const found = new RegExp(`^${pattern}/?$`).exec(path);
  return new Map(
    names.flatMap(({ name, before }, index): [string, string][] => {
      const value = decoded(found?.[index + 1] ?? '');
      return value === ''
        ? []
        : [
            [before, value],
            [`{${name}}`, value],
          ];
    }),
  );
}

function shapeOf(path: string): string {
  return path.replaceAll(/\{[^}]+\}/g, '{}');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether an address lies below the target's URL. */
function isAt(url: string, base: string): boolean {
  try {
    const [there, here] = [new URL(url), new URL(base)];
    const prefix = here.pathname.replace(/\/+$/, '');
    return there.origin === here.origin && `${there.pathname}/`.startsWith(`${prefix}/`);
  } catch {
    return false;
  }
}

function pathBelow(url: string, base: string): string {
  return new URL(url).pathname.slice(new URL(base).pathname.replace(/\/+$/, '').length);
}

/** What the security scheme sends already. */
function isCredential({ security }: Operation, { name, in: where }: Operation['parameters'][number]): boolean {
  const same = (other: string | undefined): boolean => other?.toLowerCase() === name.toLowerCase();
  return (
    (where === 'header' && same('authorization')) ||
    security.some(({ scheme }) => scheme.in === where && same(scheme.parameter))
  );
}

/** What the document itself says that a parameter may be. */
function ownValue({ examples, schema }: Operation['parameters'][number]): string | undefined {
  const one = [examples[0], schema.const, schema.default, at(schema, '/enum/0')].find((value) => value !== undefined);
  return typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean' ? String(one) : undefined;
}
