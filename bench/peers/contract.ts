/** The contract as other tools get it: whatever is ours alone is taken out, so that nothing of it confuses them. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { contractFile } from '../../scripts/contracts.ts';

/** A JSON object that may be changed. */
export type JsonObject = Record<string, unknown>;

/** @returns voice-calls without the `x-ringtrue-*` keywords, a copy of its own each time */
export function plainContract(): JsonObject {
  return plain(parse(readFileSync(contractFile('voice-calls'), 'utf8'))) as JsonObject;
}

/** @returns what stands at the path, which has to be an object */
export function objectAt(value: unknown, ...path: string[]): JsonObject {
  const found = path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), value);
  if (!isObject(found)) throw new Error(`The contract has no object at ${path.join('/')}.`);
  return found;
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !key.startsWith('x-ringtrue'));
  return Object.fromEntries(kept.map(([key, inner]) => [key, plain(inner)]));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
