/** Puts the fields of a request into what the contract has around them. */
import { isObject } from './resolve.ts';
import type { Envelope, JsonObject } from './types.ts';

/**
 * @param envelope of the operation's body
 * @param fields what it holds
 * @param id of the record that is changed
 * @returns the whole body
 */
export function inEnvelope(envelope: Envelope | undefined, fields: unknown, id?: string): unknown {
  if (!envelope) return fields;
  const whole = structuredClone(envelope.around);
  put(whole, envelope.at, fields);
  if (envelope.idAt !== undefined && id !== undefined) put(whole, envelope.idAt, id);
  return whole;
}

/** @returns where a property of the fields stands in the whole body */
export function placeInEnvelope(envelope: Envelope | undefined, pointer: string): string {
  return (envelope?.at ?? '') + pointer;
}

function put(whole: JsonObject, pointer: string, value: unknown): void {
  const tokens = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  let here = whole;
  for (const token of tokens.slice(0, -1)) {
    const next = here[token];
    const object = isObject(next) ? next : {};
    here[token] = object;
    here = object;
  }
  here[tokens.at(-1) ?? ''] = value;
}
