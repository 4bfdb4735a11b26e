/** What the derived server says of itself at its start. */
import { isObject } from '../contract/resolve.ts';
import { inEnvelope } from '../contract/envelope.ts';
import type { Contract, Operation } from '../contract/types.ts';
import type { Core } from './server.ts';
import { Values } from './values.ts';

/**
 * @param core the server
 * @param url where it listens
 * @param about what else is to be said: its faults, whether web pages may call it
 * @returns lines for a person: what is served, and curl commands to try
 */
export function greeting(
  core: Core,
  url: string,
  about: { faults: readonly string[]; cors: boolean; token?: string },
): string {
  const { contract } = core;
  const served = contract.operations.filter(({ unusable }) => unusable === undefined);
  const lines = [
    `Derived server of ${contract.title} ${contract.version} on ${url}`.replaceAll(/\s+/g, ' '),
    `It serves ${count(served.length, 'operation')} of ${count(contract.operations.length, 'operation')}; ${resourcesText(contract)}.`,
    ...(core.shop.store.count > 0
      ? [
          `${count(core.shop.store.count, 'record')} from the seed data ${core.shop.store.count === 1 ? 'is' : 'are'} there.`,
        ]
      : []),
    ...about.faults.map((title) => `Fault: ${title}.`),
    '',
    'Try it:',
    '',
    ...tries(core, url, about.token).map((line) => `  ${line}`),
    '',
    `${about.cors ? 'Web pages of any origin may call it.' : 'Web pages may call it with --cors.'} Prefer: code=404, example=NAME or delay=2 asks for another answer. Ctrl+C stops it. Nothing is kept.`,
  ];
  return `${lines.join('\n')}\n`;
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function resourcesText({ resources }: Contract): string {
  const kept = resources.filter(({ kind }) => kind === 'collection' || kind === 'keyed').map(({ name }) => name);
  const shown = kept.slice(0, 8).join(', ');
  if (kept.length === 0) return 'nothing in it creates a record, so every answer is made from the document';
  return `it keeps ${shown}${kept.length > 8 ? ` and ${String(kept.length - 8)} more kinds of record` : ''} in memory`;
}

/** A create with a body that it takes, and the reads that need no id. */
function tries(core: Core, url: string, token: string | undefined): string[] {
  const { operations } = core.contract;
  const free = operations.filter(({ path, unusable }) => unusable === undefined && !path.includes('{'));
  const create = free.find(
    ({ role, requestBody }) => role === 'create' && requestBody !== undefined && /json/i.test(requestBody.mediaType),
  );
  const list =
    free.find((one) => one.role === 'list' && one.resource === create?.resource) ??
    free.find(({ method }) => method === 'GET') ??
    operations.find(({ method }) => method === 'GET');
  return [
    ...(create
      ? [
          `curl -s ${shellQuoted(url + create.path)}${credentials(create, token)} -H 'Content-Type: ${create.requestBody?.mediaType ?? ''}' -d ${shellQuoted(JSON.stringify(bodyFor(core, create)))}`,
        ]
      : []),
    ...(list ? [`curl -s ${shellQuoted(url + list.path)}${credentials(list, token)}`] : []),
  ];
}

function credentials({ access }: Operation, token = 'any'): string {
  const [first] = access;
  const texts = (first ?? []).map(({ scheme: { kind, in: where, parameter = '' } }) => {
    if (kind === 'basic') return ` -u ${shellQuoted(token.includes(':') ? token : `${token}:${token}`)}`;
    if (kind === 'bearer') return ` -H ${shellQuoted(`Authorization: Bearer ${token}`)}`;
    if (kind !== 'apiKey' || where === 'query') return '';
    return where === 'cookie'
      ? ` -b ${shellQuoted(`${parameter}=${token}`)}`
      : ` -H ${shellQuoted(`${parameter}: ${token}`)}`;
  });
  return texts.join('');
}

/** An example of the document that keeps its schema, else a made-up body. */
function bodyFor({ shop: { schemas, patterns, now } }: Core, { requestBody, id }: Operation): unknown {
  if (!requestBody) return {};
  const { schemaPointer, envelope, examples } = requestBody;
  const values = new Values(schemas, patterns, 'request');
  const shown = examples
    .map(({ value }) => inEnvelope(envelope, value))
    .find((value) => schemas.check(schemaPointer, value, 'request').length === 0);
  const made = shown ?? values.complete(schemaPointer, undefined, { key: id, now: now(), names: [], depth: 0 });
  return isObject(made) ? Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)) : made;
}

/** For a POSIX shell. */
function shellQuoted(text: string): string {
  return /^[\w:/.@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
