import { isUtf8 } from 'node:buffer';
import type { Api, Asked, Behaviour, JsonObject } from '../fault.ts';
import { isObject } from '../json.ts';
import { changingRequests } from './answering.ts';

/** How a reader of JSON takes values of another type, by the type that it wants. */
export type Coercion = Readonly<Partial<Record<'string' | 'number' | 'boolean', (value: unknown) => unknown>>>;

/** Reads one JSON value, and leaves what follows it unread. */
export const firstValueOnly: Behaviour = changingRequests((asked) => {
  if (asked.body !== undefined || asked.raw === undefined) return asked;
  const first = firstValue(asked.raw.toString());
  return first === undefined ? asked : { ...asked, body: first, raw: undefined };
});

/** Puts U+FFFD in the place of bytes that are no UTF-8. */
export const replacingBadBytes: Behaviour = changingRequests((asked) =>
  asked.body === undefined || asked.raw === undefined || isUtf8(asked.raw) ? asked : { ...asked, raw: undefined },
);

/** Takes a property under its name in another case. */
export const foldingKeys: Behaviour = changingBody((body, { samples }) => {
  const names = Object.keys(samples);
  const known = (key: string): string =>
    names.find((name) => name.toLowerCase() === key.toLowerCase() && !Object.hasOwn(body, name)) ?? key;
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [known(key), value]));
});

/**
 * Turns values of another type into the type that a field has, judged by its sample.
 * @param coercion how
 * @param operations only these; all unless named
 * @returns the behaviour
 */
export function coercing(coercion: Coercion, operations?: readonly string[]): Behaviour {
  return changingBody(
    (body, { samples }) =>
      Object.fromEntries(
        Object.entries(body).map(([name, value]) => {
          const type = typeof samples[name] as keyof Coercion;
          const change = Object.hasOwn(samples, name) && typeof value !== type ? coercion[type] : undefined;
          return [name, change === undefined ? value : change(value)];
        }),
      ),
    operations,
  );
}

/**
 * Reads some fields otherwise than they were sent.
 * @param fields which
 * @param change makes the value that is read
 * @returns the behaviour
 */
export function readingAs(fields: readonly string[], change: (value: unknown) => unknown): Behaviour {
  return changingBody((body) => {
    const read = fields.filter((name) => Object.hasOwn(body, name)).map((name) => [name, change(body[name])] as const);
    return { ...body, ...Object.fromEntries(read) };
  });
}

/**
 * Changes bodies that are objects before the reference server sees them.
 * @param change makes the new body
 * @param operations only these; all unless named
 * @returns the behaviour
 */
function changingBody(change: (body: JsonObject, api: Api) => JsonObject, operations?: readonly string[]): Behaviour {
  return changingRequests((asked: Asked, api) => {
    const { body, operation } = asked;
    if (!isObject(body) || operation === undefined || operations?.includes(operation) === false) return asked;
    // Bytes that are no UTF-8 stay as they came.
    if (asked.raw !== undefined && !isUtf8(asked.raw)) return asked;
    const changed = change(body, api);
    const same = JSON.stringify(changed) === JSON.stringify(body);
    return same ? asked : { ...asked, body: changed, raw: undefined };
  });
}

/** The JSON object or array at the beginning of a text. */
function firstValue(text: string): unknown {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return parsed(text.slice(0, at + 1));
    }
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
