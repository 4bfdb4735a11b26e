/** References that lead back to themselves without anything in between: whoever follows one never arrives. */
import type { Reference } from './inspect.ts';

/** Keywords that hold the very same value to a further schema (JSON Schema 2020-12 section 10.2). */
const IN_PLACE = /^(.*)\/(?:(?:allOf|anyOf|oneOf)\/\d+|not|if|then|else)$/;

/**
 * A schema that refers to itself in one of its properties describes a tree, which is fine: each value ends somewhere. One that
 * refers to itself for the same value describes nothing.
 *
 * @param references of one document, all of them to places inside it
 * @returns the first that leads round in a circle
 */
export function findLoop(references: readonly Reference[]): Reference | undefined {
  const from = new Map<string, Reference[]>();
  for (const reference of references) {
    for (let place: string | undefined = reference.pointer; place !== undefined; place = IN_PLACE.exec(place)?.[1]) {
      from.set(place, [...(from.get(place) ?? []), reference]);
    }
  }
  const done = new Set<string>();
  for (const start of from.keys()) {
    const loop = loopFrom(start, from, done);
    if (loop) return loop;
  }
  return undefined;
}

/** Goes all ways from a place, without recursion: a chain may be long. */
function loopFrom(
  start: string,
  from: ReadonlyMap<string, readonly Reference[]>,
  done: Set<string>,
): Reference | undefined {
  const way = new Set<string>();
  const stack: { place: string; next: number }[] = [];
  const enter = (place: string): void => {
    if (done.has(place)) return;
    way.add(place);
    stack.push({ place, next: 0 });
  };
  enter(start);
  for (let here = stack.at(-1); here; here = stack.at(-1)) {
    const reference = from.get(here.place)?.[here.next];
    here.next += 1;
    if (!reference) {
      way.delete(here.place);
      done.add(here.place);
      stack.pop();
      continue;
    }
    const target = placeOf(reference.target);
    if (way.has(target)) return reference;
    enter(target);
  }
  return undefined;
}

function placeOf(target: string): string {
  try {
    return decodeURIComponent(target.slice(1));
  } catch {
    return target.slice(1);
  }
}
