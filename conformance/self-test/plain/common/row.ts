/** Rows of the tables of faults that any API may have. */
import type { PlainFault } from '../api.ts';
import type { Place, Property, Shape } from './shape.ts';
import type { Made } from './touch.ts';

/** What the rows of one API are made with. Each makes one fault, or none where the API has nothing of the kind. */
export interface Rows {
  /** A fault of a property: a finding has to name it, or one of the names. */
  of: (
    property: Property | undefined,
    name: string,
    title: string,
    rules: readonly string[],
    behaviour: (property: Property) => Made,
    names?: readonly string[],
  ) => PlainFault[];
  /** A fault of an operation. */
  at: (
    place: Place | undefined,
    name: string,
    title: string,
    rules: readonly string[],
    behaviour: (place: Place) => Made,
    names?: readonly string[],
  ) => PlainFault[];
}

/** @returns what makes the rows of one API */
export function rowsOf({ api }: Shape): Rows {
  const row = (
    name: string,
    title: string,
    rules: readonly string[],
    behaviour: Made,
    names: readonly string[],
  ): PlainFault[] => [{ id: `${api}/${name}`, title, level: 'MUST', rules, names, behaviour }];
  return {
    of: (property, name, title, rules, behaviour, names) =>
      property ? row(name, title, rules, behaviour(property), names ?? [property.name]) : [],
    at: (place, name, title, rules, behaviour, names) =>
      place ? row(name, title, rules, behaviour(place), names ?? [place.operation]) : [],
  };
}
