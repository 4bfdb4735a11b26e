/** Bodies for plain documents that keep their schema: what was made part by part is looked at as a whole, and settled. */
import { inEnvelope } from '../../contract/envelope.ts';
import { follow, isObject } from '../../contract/resolve.ts';
import type { Operation, RequestField, Schema } from '../../contract/types.ts';
import type { Session } from '../types.ts';
import { isPlain } from './law.ts';
import { makeFieldValue } from './values.ts';

/** Other values of a property that is not right are tried so often. */
const TRIES = 3;

/**
 * @param session seeded choices
 * @param operation whose body it is
 * @param fields its properties
 * @param body as it was made
 * @param key what makes this body different from every other one
 * @param wanted properties whose values were asked for, right or wrong
 * @returns the body; where it breaks the document, with properties that others need, with other values in place of those that
 *   are wrong, and without those that may be missing and are wrong all the same
 */
export function keptBody(
  session: Session,
  operation: Operation,
  fields: readonly RequestField[],
  body: Record<string, unknown>,
  key: string,
  wanted: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const { requestBody } = operation;
  if (!isPlain(session.contract) || !requestBody) return body;
  const keeps = (): boolean => session.keeps(requestBody.schemaPointer, inEnvelope(requestBody.envelope, made));
  const made = { ...body };
  if (keeps()) return made;
  const other = (field: RequestField, round: number): unknown =>
    makeFieldValue(session, field, `${key}/${String(round)}`, { requiredOnly: round === TRIES });
  for (const name of needed(session, requestBody.schema, requestBody.schemaPointer, made)) {
    const field = fields.find((one) => one.name === name && !Object.hasOwn(wanted, name));
    const value = field && !Object.hasOwn(made, name) ? other(field, 1) : undefined;
    if (value !== undefined) made[name] = value;
  }
  for (const field of fields) {
    if (!Object.hasOwn(made, field.name) || Object.hasOwn(wanted, field.name)) continue;
    if (session.keeps(field.pointer, made[field.name])) continue;
    const values = Array.from({ length: TRIES }, (_, index) => other(field, index + 1));
    const right = values.find((value) => value !== undefined && session.keeps(field.pointer, value));
    if (right !== undefined) made[field.name] = right;
    else if (!field.required) Reflect.deleteProperty(made, field.name);
  }
  return made;
}

/** Names that a body needs because of others that it has: `dependentRequired`, `if` with `then` and `else`, `minProperties`. */
function needed(session: Session, schema: Schema, pointer: string, made: Record<string, unknown>): string[] {
  const found: string[] = [];
  const names = (list: unknown): string[] => (Array.isArray(list) ? list.map(String) : []);
  const parts = [{ value: schema, pointer }, ...partsOf(session, schema, pointer)];
  for (const { value, pointer: place } of parts) {
    for (const [name, others] of Object.entries(isObject(value.dependentRequired) ? value.dependentRequired : {}))
      if (Object.hasOwn(made, name)) found.push(...names(others));
    if (value.if !== undefined) {
      const way = session.keeps(`${place}/if`, made) ? 'then' : 'else';
      found.push(...names(follow(session.contract.document, value[way], `${place}/${way}`).value.required));
    }
    if (typeof value.minProperties === 'number' && isObject(value.properties))
      found.push(...Object.keys(value.properties).slice(0, value.minProperties));
  }
  return found;
}

function partsOf({ contract }: Session, schema: Schema, pointer: string): { value: Schema; pointer: string }[] {
  const all: unknown[] = Array.isArray(schema.allOf) ? schema.allOf : [];
  return all.map((part, index) => follow(contract.document, part, `${pointer}/allOf/${String(index)}`));
}
