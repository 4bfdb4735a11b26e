/** Changes answers on their way out, for faults. */
import { isObject } from '../contract/resolve.ts';
import type { JsonObject, Operation } from '../contract/types.ts';
import type { Hooks } from './model.ts';

/** @returns hooks that change a copy of the body of each success of an operation */
export function changesAnswer(operation: Operation, change: (json: unknown) => void): () => Hooks {
  return () => ({
    answers: (_asked, own, answer) => {
      if (own.id !== operation.id || answer.status >= 300 || answer.json === undefined) return answer;
      const json = structuredClone(answer.json);
      change(json);
      return { ...answer, json };
    },
  });
}

/** @returns what stands at a pointer */
export function holderAt(json: unknown, pointer: string): unknown {
  let here = json;
  for (const token of pointer.split('/').slice(1))
    here = isObject(here) ? here[token.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
  return here;
}

/**
 * Changes the records of a body.
 * @param json the body
 * @param pointer of the record; of a list with a star at its end
 * @param change is given each record
 */
export function eachRecord(json: unknown, pointer: string, change: (record: JsonObject) => void): void {
  const isList = pointer.endsWith('/*');
  const held = holderAt(json, isList ? pointer.slice(0, -2) : pointer);
  for (const one of isList && Array.isArray(held) ? (held as unknown[]) : [held]) if (isObject(one)) change(one);
}

/** Several faults at once: each changes what the one before has left. */
export function joinedHooks(all: readonly Hooks[]): Hooks {
  return {
    openDoor: (operation) => all.some((one) => one.openDoor?.(operation) === true),
    overlooks: (operation, problem) => all.some((one) => one.overlooks?.(operation, problem) === true),
    writes: (operation, fields) => all.reduce((left, one) => one.writes?.(operation, left) ?? left, fields),
    keeps: (operation) => all.some((one) => one.keeps?.(operation) === true),
    ignores: (operation, name) => all.some((one) => one.ignores?.(operation, name) === true),
    mixes: (operation) => all.some((one) => one.mixes?.(operation) === true),
    answers: (asked, operation, answer) =>
      all.reduce((left, one) => one.answers?.(asked, operation, left) ?? left, answer),
  };
}
