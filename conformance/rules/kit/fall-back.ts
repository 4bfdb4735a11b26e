/**
 * What is tried when a target refuses a request that keeps a plain document: the target may know more than the document says, so a
 * refusal proves nothing, and a request that it takes is looked for. What was found out is kept for the operation.
 */
import { isObject } from '../../contract/resolve.ts';
import type { Operation, RequestField, Schema } from '../../contract/types.ts';
import type { Learnt, Session } from '../types.ts';
import { explanationOf } from './explanation.ts';
import type { Writer, Written } from './steps.ts';

/** So many rounds of "leave out what it complains of". */
const ROUNDS = 3;
/** So many optional properties are brought back one by one. */
const BROUGHT_BACK = 10;
/** Refusals that say nothing of the body: no credentials, not allowed, no such address, no such method, too many requests. */
const NOT_FOR_ITS_BODY = new Set([401, 403, 405, 429]);

interface Falling {
  operation: Operation;
  fields: readonly RequestField[];
  writer: Writer;
}

/**
 * @param written the request that was refused
 * @param send sends another one, made with what was learnt, under a key of its own
 * @returns the first that was taken, or else the refused one
 */
export async function fallBack(
  session: Session,
  falling: Falling,
  written: Written,
  send: (key: string) => Promise<Written>,
): Promise<Written> {
  const { operation, fields, writer } = falling;
  const status = written.exchange.response?.status ?? 0;
  // A 5xx is told by itself; what the target takes is looked for all the same, so that the rest can be judged.
  if (written.ok || status < 400) return written;
  const { said, names } = explanationOf(written.exchange);
  // Some refuse what does not validate with 403, and name the property.
  const forItsBody = status === 403 && fields.some(({ name }) => names.includes(name));
  if (NOT_FOR_ITS_BODY.has(status) && !forItsBody) return written;
  const learnt: Learnt = { without: new Set(), requiredOnly: false, examples: new Map(), said };
  session.learnt.set(operation.id, learnt);
  let count = 0;
  const attempt = (): Promise<Written> => {
    count += 1;
    return send(`${writer}-fallback-${String(count)}`);
  };

  const heard = await asTold(falling, learnt, written, attempt);
  if (heard.ok) return heard;
  const shown = await asShown(falling, learnt, written, attempt);
  if (shown.ok) return shown;
  const optional = fields.filter((field) => !field.required && Object.hasOwn(written.body, field.name));
  if (optional.length > learnt.without.size) {
    learnt.requiredOnly = true;
    const bare = await attempt();
    if (bare.ok) return broughtBack(optional, learnt, bare, attempt);
    const told = await asTold(falling, learnt, bare, attempt);
    if (told.ok) return told;
  }
  session.learnt.delete(operation.id);
  return written;
}

/** Without the optional properties that the answer complains of, and with the document's own example of the required ones. */
async function asTold(
  { operation, fields }: Falling,
  learnt: Learnt,
  refused: Written,
  attempt: () => Promise<Written>,
): Promise<Written> {
  let last = refused;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { names } = explanationOf(last.exchange);
    const named = fields.filter((field) => names.includes(field.name) && Object.hasOwn(last.body, field.name));
    let changed = false;
    for (const field of named) {
      const example = exampleOf(operation, field);
      if (!field.required) {
        changed ||= !learnt.without.has(field.name);
        learnt.without.add(field.name);
      } else if (example !== undefined && !learnt.examples.has(field.name)) {
        learnt.examples.set(field.name, example);
        changed = true;
      }
    }
    if (!changed) return last;
    last = await attempt();
    if (last.ok) return last;
  }
  return last;
}

/** With every text that the document shows: where it does not say which words a target knows, its examples do. */
async function asShown(
  { operation, fields }: Falling,
  learnt: Learnt,
  refused: Written,
  attempt: () => Promise<Written>,
): Promise<Written> {
  const examples = fields
    .filter(({ name }) => typeof refused.body[name] === 'string' && !learnt.examples.has(name))
    .map((field) => [field.name, exampleOf(operation, field)] as const)
    .filter(([, example]) => typeof example === 'string');
  if (examples.length === 0) return refused;
  for (const [name, example] of examples) learnt.examples.set(name, example);
  const tried = await attempt();
  if (!tried.ok) for (const [name] of examples) learnt.examples.delete(name);
  return tried;
}

/** Properties that are never sent are never read back: those that the target takes after all are found out one by one. */
async function broughtBack(
  optional: readonly RequestField[],
  learnt: Learnt,
  bare: Written,
  attempt: () => Promise<Written>,
): Promise<Written> {
  let best = bare;
  learnt.requiredOnly = false;
  for (const { name } of optional) learnt.without.add(name);
  for (const { name } of optional.slice(0, BROUGHT_BACK)) {
    learnt.without.delete(name);
    const next = await attempt();
    if (next.ok) best = next;
    else learnt.without.add(name);
  }
  return best;
}

/** What the document shows as a value, where it is safe: a word or a small number reaches nobody. */
function exampleOf(operation: Operation, { name, schema }: RequestField): unknown {
  const shown = (operation.requestBody?.examples ?? []).map(({ value }) => (isObject(value) ? value[name] : undefined));
  const listed: unknown[] = Array.isArray(schema.examples) ? schema.examples : [];
  const found = [...shown, ...listed, schema.example, schema.default].find(
    (value) => value !== undefined && (isHarmless(value) || isDate(schema, value)),
  );
  // What was to come may have to be over: a birthday, an invoice's date.
  if (found === undefined && schema.format === 'date') return '2001-02-03';
  return found === undefined && schema.format === 'date-time' ? '2001-02-03T04:05:06Z' : found;
}

function isDate({ format }: Schema, value: unknown): boolean {
  return (
    (format === 'date' || format === 'date-time') && typeof value === 'string' && /^\d{4}-\d\d-\d\d(?:T|$)/.test(value)
  );
}

function isHarmless(value: unknown): boolean {
  if (typeof value === 'boolean') return true;
  if (typeof value === 'number') return Math.abs(value) < 1_000_000;
  return (
    typeof value === 'string' &&
    value.length < 200 &&
    /^[\w .-]*$/.test(value) &&
    value.replaceAll(/\D/g, '').length < 7
  );
}
