/**
 * Loads a server with requests from a contract: create, read what was created, list, over and over. RingTrue judges what a
 * server answers; how fast it answers is autocannon's job, and this script only hands it the requests.
 *
 *   npm run load -- --contract voice-calls --url http://127.0.0.1:3000 --token staff-token --seconds 10 --connections 10
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import autocannon, { type Request } from 'autocannon';
import { parse } from 'yaml';
import { readOperations } from '../conformance/contract/operations.ts';
import { at } from '../conformance/contract/resolve.ts';
import { readResources } from '../conformance/contract/resources.ts';
import type { JsonObject, Operation, Resource } from '../conformance/contract/types.ts';
import { contractFile, contractNames } from './contracts.ts';

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** A mistake of the caller: one sentence, no stack. */
export class LoadUsageError extends Error {}

/**
 * @param argv flags, as in the example above
 * @returns the lines of the result
 */
export async function load(argv: readonly string[]): Promise<string[]> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      contract: { type: 'string', default: 'voice-calls' },
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      token: { type: 'string', default: process.env['RINGTRUE_TOKEN'] ?? '' },
      fixture: { type: 'string', multiple: true, default: [] },
      seconds: { type: 'string', default: '10' },
      connections: { type: 'string', default: '10' },
      'allow-writes': { type: 'boolean', default: false },
    },
  });
  const { hostname, origin } = new URL(values.url);
  if (!loopback.test(hostname) && !values['allow-writes']) {
    throw new LoadUsageError(
      `${origin} is not this machine, and thousands of records would be created there: say --allow-writes if you mean it.`,
    );
  }
  const known = contractNames.some((name) => name === values.contract);
  const document = parse(readFileSync(known ? contractFile(values.contract) : values.contract, 'utf8')) as JsonObject;
  const [resource] = readResources(document, readOperations(document), []);
  if (resource?.create === undefined)
    throw new LoadUsageError(`${values.contract} has no operation that creates a record.`);

  const result = await autocannon({
    url: values.url,
    duration: Number(values.seconds),
    connections: Number(values.connections),
    headers: { ...credential(resource.create, values.token), 'content-type': 'application/json' },
    requests: requestsOf(resource, Object.fromEntries(values.fixture.map(splitPair))),
  });
  return [
    `${String(result.requests.total)} requests in ${String(result.duration)} s, ${result.requests.average.toFixed(0)} a second over ${String(result.connections)} connections`,
    `latency in ms: median ${String(result.latency.p50)}, 97.5 % ${String(result.latency.p97_5)}, 99 % ${String(result.latency.p99)}, most ${String(result.latency.max)}`,
    `answers: ${String(result['2xx'])} successes, ${String(result.non2xx)} others, ${String(result.errors)} without an answer`,
  ];
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  if (at < 1) throw new LoadUsageError(`--fixture takes name=value, not "${pair}".`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}

function credential({ security }: Operation, token: string): Record<string, string> {
  const scheme = security[0]?.scheme;
  if (token === '' || scheme === undefined) return {};
  return scheme.kind === 'apiKey' && scheme.parameter !== undefined
    ? { [scheme.parameter]: token }
    : { authorization: `Bearer ${token}` };
}

/** One connection sends these in turn; what it created is what it reads. */
function requestsOf(resource: Resource, fixtures: Readonly<Record<string, string>>): Request[] {
  const { create, read, list, idPointer, idParameter } = resource;
  const example = create?.requestBody?.examples[0]?.value;
  if (create === undefined || typeof example !== 'object' || example === null) {
    throw new LoadUsageError(
      `${create?.id ?? 'The create operation'} has no example of a request body in the contract.`,
    );
  }
  const requests: Request[] = [
    {
      method: 'POST',
      path: create.path,
      setupRequest: (request) => ({ ...request, body: JSON.stringify(freshBody(resource, example, fixtures)) }),
      onResponse: (status, body, context) => {
        if (status < 300) Object.assign(context, { id: at(JSON.parse(body), idPointer) });
      },
    },
  ];
  if (read !== undefined) {
    requests.push({
      method: 'GET',
      path: read.path,
      setupRequest: (request, context) => ({
        ...request,
        path: read.path.replace(`{${idParameter}}`, encodeURIComponent('id' in context ? String(context.id) : 'none')),
      }),
    });
  }
  if (list !== undefined) requests.push({ method: 'GET', path: list.path });
  return requests;
}

let counter = 0;

/** The contract's example with the fixtures put in, and identifiers that no other record has. */
function freshBody({ createFields }: Resource, example: object, fixtures: Readonly<Record<string, string>>): object {
  const body: Record<string, unknown> = { ...example };
  for (const { name, fixture, schema } of createFields) {
    const value = fixtures[fixture ?? name];
    if (value !== undefined) body[name] = value;
    else if (schema['x-ringtrue-generate'] === 'identifier')
      body[name] = `load-${String(process.pid)}-${String((counter += 1))}`;
  }
  return body;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log((await load(process.argv.slice(2))).join('\n'));
  } catch (error) {
    console.error(error instanceof LoadUsageError ? error.message : error);
    process.exitCode = 2;
  }
}
