/** What may leave the machine: asked once for every request, whatever made it. */
import type { Contract, Operation } from '../contract/types.ts';
import { dangerOf, type Danger } from './judge-value.ts';
import { formLeaves, jsonTextLeaves, pathLeaves, queryLeaves, valueLeaves, type Leaf } from './leaves.ts';
import { nowhere, schemaNode, type SchemaNode } from './schema-node.ts';

/** A request as it is about to be sent, before it is serialized. Credentials and headers that the user set are no part of it. */
export interface OutboundRequest {
  contract: Contract;
  operation: Operation;
  /** Path of the contract, or another one with its query; braces stand for path parameters. */
  path: string;
  pathParameters?: Readonly<Record<string, string>>;
  query?: readonly (readonly [string, string, string?])[];
  headers?: Readonly<Record<string, string>>;
  /** The body as a value, whatever media type it is written in. */
  json?: unknown;
  /** A body that is sent as it stands. */
  raw?: string | Uint8Array;
  contentType?: string;
  /** Values that the user gave: they are the user's own, unless they call an emergency service. */
  given?: ReadonlySet<string>;
  /** Host and port of the target. */
  ownHost?: string;
}

export type Passage = { ok: true } | Refusal;

export interface Refusal {
  ok: false;
  /** Whom the value may reach. */
  why: Danger;
  /** `to in the body`, `the query parameter from`. */
  place: string;
  /** The name that a fixture for the value would have. */
  name: string;
  value: string | number | boolean;
  /** Why it is not sent and what to do, as one sentence. */
  sentence: string;
}

/**
 * The one judge of what is sent: no number that a phone could answer, no emergency service, no host of somebody else's.
 *
 * @param request any request that is about to be handed to a target
 * @returns `ok`, or the first value that may not leave, emergency services before all others
 */
export function mayLeave(request: OutboundRequest): Passage {
  let refusal: Refusal | undefined;
  for (const leaf of leavesOf(request)) {
    const danger = dangerOfLeaf(leaf, request.given, request.ownHost);
    if (danger === undefined || (refusal && danger !== 'emergency')) continue;
    refusal = refusalOf(request.operation, leaf, danger);
    if (danger === 'emergency') return refusal;
  }
  return refusal ?? { ok: true };
}

function dangerOfLeaf({ names, node, value }: Leaf, given?: ReadonlySet<string>, ownHost?: string): Danger | undefined {
  const danger = dangerOf({ names, schemas: node.schemas, ownHost }, value);
  return danger !== 'emergency' && given?.has(String(value)) === true ? undefined : danger;
}

function refusalOf(operation: Operation, { place, names, value }: Leaf, why: Danger): Refusal {
  const shown = JSON.stringify(String(value).slice(0, 80));
  const name = names[0] ?? place;
  const reaches = {
    emergency: 'calls an emergency service; such values are never sent',
    phone: 'may ring a phone',
    address: 'leads to a host that is not reserved for tests',
  }[why];
  const remedy =
    why === 'emergency'
      ? 'Show another value in the contract, or leave this one to a test of your own.'
      : `Give a value of your own that may be used with --fixture ${operation.id}.${name}=…, or ${why === 'phone' ? 'a number set aside for fiction, such as +12125550147,' : 'an address below .example'} as the contract’s example.`;
  return {
    ok: false,
    why,
    place,
    name,
    value: value as Refusal['value'],
    sentence: `${operation.id} is not sent with ${place} ${shown}: it ${reaches}. ${remedy}`,
  };
}

/** The body as the contract has it in a media type. */
function bodyOf(operation: Operation, contentType?: string): Operation['requestBody'] {
  const wanted = contentType?.split(';')[0]?.trim().toLowerCase();
  const same = operation.bodies.find(({ mediaType }) => mediaType.toLowerCase() === wanted);
  return same ?? operation.requestBody ?? operation.bodies[0];
}

/** Every value of a request. */
function* leavesOf(request: OutboundRequest): Generator<Leaf> {
  const { contract, operation, path, pathParameters, query, headers, json, raw, contentType } = request;
  const parameter = (kind: string, name: string): SchemaNode => {
    const same = (one: string): boolean =>
      kind === 'header' ? one.toLowerCase() === name.toLowerCase() : one === name;
    const found = operation.parameters.find((one) => one.in === kind && same(one.name));
    return found ? schemaNode(contract, found.schema, `${found.pointer}/schema`) : nowhere;
  };
  for (const [name, value] of Object.entries(pathParameters ?? {}))
    yield { place: `the path parameter ${name}`, names: [name], node: parameter('path', name), value };
  yield* pathLeaves(path, (name) => parameter('query', name));
  yield* queryLeaves(query ?? [], (name) => parameter('query', name));
  for (const [name, value] of Object.entries(headers ?? {}))
    yield { place: `the header ${name}`, names: [name], node: parameter('header', name), value };
  const body = bodyOf(operation, contentType);
  const root = body ? schemaNode(contract, body.schema, body.schemaPointer) : nowhere;
  if (json !== undefined) yield* valueLeaves(json, [], root);
  if (raw === undefined) return;
  const text = typeof raw === 'string' ? raw : new TextDecoder().decode(raw);
  yield { place: 'the body', names: [], node: nowhere, value: text };
  yield* formLeaves(text, contentType ?? body?.mediaType ?? '', root);
  yield* jsonTextLeaves(text, [], root);
}
