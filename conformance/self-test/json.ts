import type { JsonObject } from './fault.ts';

/**
 * @param value any JSON
 * @returns whether it is an object, and no array
 */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * @param value any JSON
 * @param path the keys to follow
 * @returns what is there, or undefined
 */
export function dig(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((here, key) => (isObject(here) ? here[key] : undefined), value);
}

/**
 * Changes texts and leaves everything else.
 * @param change the change
 * @returns a function of any JSON
 */
export function onText(change: (text: string) => unknown): (value: unknown) => unknown {
  return (value) => (typeof value === 'string' ? change(value) : value);
}

/**
 * @param value any JSON
 * @returns the array itself, or undefined for what is none
 */
export function arrayOr(value: unknown): unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/**
 * Makes an object equal to another one, in place.
 * @param target the object to change
 * @param source what it becomes
 */
export function become(target: JsonObject, source: JsonObject): void {
  for (const key of Object.keys(target)) Reflect.deleteProperty(target, key);
  Object.assign(target, structuredClone(source));
}
