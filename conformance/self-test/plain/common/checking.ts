/** Faults of what is accepted: values that the document forbids. */
import type { PlainFault } from '../api.ts';
import { rowsOf } from './row.ts';
import { asks, idIn, sending, sentIn, type Property, type Shape } from './shape.ts';
import { answering, unchecked, type Made } from './touch.ts';

/** @returns the faults that an API of this shape may have */
export function checkingFaults(shape: Shape): PlainFault[] {
  const { create, list, text, number, choice, pattern, length } = shape;
  const { of, at } = rowsOf(shape);
  const wrong =
    (type: string) =>
    (property: Property): Made =>
      unchecked(
        shape,
        property.name,
        (fields) => isWrong(property, type, fields[property.name], shape),
        shape.reading?.[property.name],
      );
  return [
    of(
      text,
      'text-not-required',
      'a required text that is missing is stored as an empty one',
      ['required-missing'],
      ({ name }) =>
        unchecked(
          shape,
          name,
          (fields) => fields[name] === undefined,
          () => '',
        ),
    ),
    of(
      shape.form === true ? undefined : text,
      'null-accepted',
      'null is accepted where it is not allowed',
      ['required-null', 'response-body'],
      ({ name }) => unchecked(shape, name, (fields) => fields[name] === null),
    ),
    of(
      shape.form === true ? undefined : text,
      'object-accepted',
      'an object is accepted as a text',
      ['wrong-type'],
      ({ name }) => unchecked(shape, name, (fields) => typeof fields[name] === 'object' && fields[name] !== null),
    ),
    of(choice, 'choice-unchecked', 'a value outside the list is stored', ['enum-refused'], wrong('string')),
    of(number, 'number-unchecked', 'a number out of its bounds is stored', ['bounds-refused'], wrong('number')),
    of(length, 'length-unchecked', 'a text that is too long is stored', ['bounds-refused'], wrong('string')),
    of(
      pattern,
      'pattern-unchecked',
      'a text that is not of its pattern is stored',
      ['pattern-refused'],
      wrong('string'),
    ),
    at(
      shape.form === true ? undefined : create,
      'broken-json-crashes',
      'a body that is no JSON earns a 500',
      ['malformed-json', 'no-server-error'],
      () =>
        answering([create], (answer, { body }) =>
          typeof body === 'string' ? { status: 500, text: 'Internal Server Error' } : answer,
        ),
    ),
    at(
      list && create,
      'refused-yet-stored',
      'a create that is refused is stored all the same',
      ['refused-leaves-no-trace', 'required-missing'],
      () => storedAnyway(shape),
    ),
  ].flat();
}

/** Of the type that the property has, and forbidden all the same. */
function isWrong({ wrong }: Property, type: string, value: unknown, shape: Shape): boolean {
  const read = type === 'number' && shape.form === true && value !== '' ? Number(value) : value;
  return (typeof read === 'string' || typeof read === 'number') && typeof read === type && wrong?.(read) === true;
}

function storedAnyway(shape: Shape): Made {
  return () => (request, next) => {
    const answer = next(request);
    const fields = asks(request, shape.create) && answer.status >= 400 ? sentIn(shape, request) : undefined;
    if (!fields) return answer;
    const texts = Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'string'));
    const text = shape.text.name;
    const right = { ...shape.samples, ...(typeof texts[text] === 'string' ? { [text]: texts[text] } : {}) };
    idIn(shape, next(sending(shape, request, right)));
    return answer;
  };
}
