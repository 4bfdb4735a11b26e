/** `Prefer: code=404`, `Prefer: example=NAME`, `Prefer: delay=2`: asks for an answer in place of the real one, as Prism does (RFC 7240). */
import type { Operation } from '../contract/types.ts';
import { examplesOf, statusOf, successFor } from './answers.ts';
import { Refusal, type Answer, type Received } from './model.ts';
import { pairsIn } from './parameters.ts';
import { documentedFor, errorAnswer } from './refusals.ts';
import type { Schemas } from './schemas.ts';
import type { Values } from './values.ts';

export interface Preference {
  code?: number;
  example?: string;
  delayMs?: number;
}

/** The longest that an answer is held back. */
const LONGEST_MS = 60_000;

/** @returns what the request prefers, by its header or by `__code` and `__example` in the query */
export function preferenceOf({ headers, query }: Received): Preference {
  const header = headers['prefer'] ?? '';
  const wanted = new Map<string, string>();
  for (const part of header.split(/[,;]/)) {
    const [, name, value] = /^\s*([\w-]+)\s*=\s*"?([^"]*?)"?\s*$/.exec(part) ?? [];
    if (name !== undefined && value !== undefined) wanted.set(name.toLowerCase(), value);
  }
  if (query.includes('__'))
    for (const [name, value] of pairsIn(query)) if (name.startsWith('__')) wanted.set(name.slice(2), value);
  const code = Number(wanted.get('code'));
  const delay = Number(wanted.get('delay'));
  return {
    ...(Number.isInteger(code) && code >= 100 && code <= 599 ? { code } : {}),
    ...(wanted.has('example') ? { example: wanted.get('example') } : {}),
    ...(delay > 0 ? { delayMs: Math.min(LONGEST_MS, delay * 1000) } : {}),
  };
}

/**
 * @param operation that is asked
 * @param preference what the request prefers
 * @param request where it was sent, and when
 * @param tools what knows the document's schemas
 * @returns that answer; undefined when nothing but a delay is preferred
 * @throws Refusal for a status or an example that the document does not have
 */
export function preferredAnswer(
  operation: Operation,
  { code, example }: Preference,
  request: { path: string; now: Date },
  tools: { schemas: Schemas; values: Values },
): Answer | undefined {
  if (code === undefined && example === undefined) return undefined;
  const { schemas, values } = tools;
  const spec = code === undefined ? successFor(operation) : documentedFor(operation, code);
  if (!spec)
    throw new Refusal(
      'bad-parameter',
      `${operation.id} documents no ${String(code)}; it has ${operation.responses.map(({ status }) => status).join(', ')}.`,
    );
  const all =
    code === undefined
      ? operation.responses.flatMap((one) => examplesOf(schemas, one).map((shown) => ({ ...shown, spec: one })))
      : examplesOf(schemas, spec).map((shown) => ({ ...shown, spec }));
  const found = example === undefined ? all.find((one) => one.spec === spec) : all.find(({ name }) => name === example);
  if (example !== undefined && !found) {
    const names = all.map(({ name }) => name).join(', ');
    throw new Refusal(
      'bad-parameter',
      `${operation.id} has no example ${JSON.stringify(example.slice(0, 60))}${names === '' ? '' : `; it has ${names}`}.`,
    );
  }
  const status = code ?? statusOf(found?.spec ?? spec, 200);
  if (found) {
    const isText = typeof found.value === 'string' && !/[/+]json\b/i.test(found.mediaType);
    const headers = { 'content-type': found.mediaType.includes('*') ? 'application/json' : found.mediaType };
    return isText ? { status, headers, text: String(found.value) } : { status, headers, json: found.value };
  }
  if (status >= 400)
    return errorAnswer(
      spec,
      { status, message: `Asked for with Prefer: code=${String(status)}.`, ...request },
      {},
      tools,
    );
  if (spec.schemaPointer === undefined) return { status, headers: {} };
  const json = values.complete(spec.schemaPointer, undefined, {
    key: operation.id,
    now: request.now,
    names: [],
    depth: 0,
  });
  return { status, headers: { 'content-type': 'application/json' }, json };
}
