/** Faults of what is stored: lost, altered, another record's, only seemingly updated. */
import type { JsonObject } from '../../fault.ts';
import { isObject } from '../../json.ts';
import { asks, changedRecords, idIn, insideOf, sending, sentIn, type Shape } from './shape.ts';
import type { PlainFault } from '../api.ts';
import { rowsOf } from './row.ts';
import { showing, showingOne, without, writing, writingOne, type Made } from './touch.ts';

const stored = ['round-trip', 'presence', 'accepts-value', 'response-body'];

/** @returns the faults that an API of this shape may have */
export function storingFaults(shape: Shape): PlainFault[] {
  const { create, read, list, update, text, optional, number, choice, flag, several, object, instant } = shape;
  const { of: row } = rowsOf(shape);
  const writes = [create, update];
  return [
    row(optional, 'optional-lost', 'an optional property is accepted and never stored', stored, ({ name }) =>
      writing(shape, writes, (fields) => without(fields, name)),
    ),
    row(text, 'text-cut', 'a text is cut to ten characters', stored, ({ name }) =>
      writingOne(shape, writes, name, (value) => (typeof value === 'string' ? value.slice(0, 10) : value)),
    ),
    row(text, 'text-in-capitals', 'a text is stored in capitals', stored, ({ name }) =>
      writingOne(shape, writes, name, (value) => (typeof value === 'string' ? value.toUpperCase() : value)),
    ),
    row(text, 'text-escaped', 'markup in a text is returned escaped', stored, ({ name }) =>
      showingOne(shape, [create, read, list, update], name, (value) =>
        typeof value === 'string' ? value.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : value,
      ),
    ),
    row(optional ?? text, 'digits-become-a-number', 'a text of digits loses its leading zeros', stored, ({ name }) =>
      writingOne(shape, writes, name, (value) =>
        typeof value === 'string' && /^0*\d+$/.test(value) ? String(Number(value)) : value,
      ),
    ),
    row(number, 'number-one-off', 'a read returns a number that is one less', stored, ({ name }) =>
      showingOne(shape, [read], name, lessByOne),
    ),
    row(number, 'number-as-text', 'a number is returned as a text', stored, ({ name }) =>
      showingOne(shape, [create, read, update], name, (value) =>
        typeof value === 'number' ? String(value) : Number(value),
      ),
    ),
    row(choice, 'choice-ignored', 'one of the listed values is stored whichever is sent', stored, ({ name }) =>
      writingOne(shape, writes, name, (value) => (typeof value === 'string' ? (shape.samples[name] ?? value) : value)),
    ),
    row(flag, 'flag-inverted', 'a read returns a boolean inverted', stored, ({ name }) =>
      showingOne(shape, [read], name, (value) => value !== true),
    ),
    row(several, 'list-property-cut', 'of a list of values the last one is lost', stored, ({ name }) =>
      writingOne(shape, writes, name, (value) => (Array.isArray(value) ? value.slice(0, -1) : value)),
    ),
    row(object, 'nested-lost', 'a read returns a nested property no more', stored, ({ name }) =>
      showingOne(shape, [read, list], name, (value) => (isObject(value) ? without(value, object?.part ?? '') : value)),
    ),
    row(instant, 'hour-lost', 'an instant is returned an hour late', stored, ({ name }) =>
      showingOne(shape, [create, read, list, update], name, hourLater),
    ),
    row(text, 'neighbours-text', 'a read returns the text of the record made before', stored, ({ name }) =>
      neighbours(shape, name),
    ),
    row(
      text,
      'not-stored',
      'a create is answered as usual and nothing is stored',
      ['accepts', 'round-trip', 'presence'],
      () => nothingStored(shape),
      [read.operation, create.operation],
    ),
    row(update && text, 'update-without-text', 'an update does not store the text', stored, ({ name }) =>
      keepsOld(shape, name),
    ),
    row(
      update && text,
      'update-only-answered',
      'an update is answered with the new values and stores none',
      stored,
      () => onlyAnswered(shape),
    ),
    row(
      update && text,
      'update-changes-all',
      'an update of one record changes the text of all',
      ['update-isolates', 'round-trip', 'patch-keeps'],
      ({ name }) => changesAll(shape, name),
    ),
    row(
      shape.blank && update && text,
      'update-resets',
      'an update empties what it does not name',
      ['patch-keeps'],
      () => writing(shape, [update], (fields) => ({ ...shape.blank, ...fields })),
      [update?.operation ?? '', ...Object.keys(shape.blank ?? {})],
    ),
    row(text, 'text-missing-in-read', 'a read does not return a required property', stored, ({ name }) =>
      showing(shape, [read], (fields) => without(fields, name)),
    ),
    row(list && text, 'text-missing-in-list', 'the list does not return a required property', stored, ({ name }) =>
      showing(shape, [list], (fields) => without(fields, name)),
    ),
  ].flat();
}

function lessByOne(value: unknown): unknown {
  if (typeof value === 'number') return value - 1;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? String(BigInt(value) - 1n) : value;
}

function hourLater(value: unknown): unknown {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return value;
  return new Date(Date.parse(value) + 3_600_000).toISOString();
}

/** What an update sends as the text is what stands there already. */
function keepsOld(shape: Shape, name: string): Made {
  return () => (request, next) => {
    const fields = asks(request, shape.update) ? sentIn(shape, request) : undefined;
    if (!fields || !(name in fields)) return next(request);
    const record = insideOf(next({ ...request, method: 'GET' }).json, [...(shape.shown ?? []), ...(shape.inner ?? [])]);
    return next(isObject(record) ? sending(shape, request, { ...fields, [name]: record[name] }) : request);
  };
}

function neighbours(shape: Shape, name: string): Made {
  return () => {
    const earlier = new Map<string, unknown>();
    let last: unknown;
    return (request, next) => {
      const answer = next(request);
      const id = asks(request, shape.create) ? idIn(shape, answer) : undefined;
      if (id !== undefined) {
        if (last !== undefined) earlier.set(id, last);
        last = sentIn(shape, request)?.[name];
      }
      return asks(request, shape.read)
        ? changedRecords(shape, request, answer, (fields, of) =>
            earlier.has(of) ? { ...fields, [name]: earlier.get(of) } : fields,
          )
        : answer;
    };
  };
}

function nothingStored(shape: Shape): Made {
  return () => (request, next) => (asks(request, shape.read) ? shape.refusal(404) : next(request));
}

/** Reads and lists show every record as it was made. */
function onlyAnswered(shape: Shape): Made {
  return () => {
    const first = new Map<string, JsonObject>();
    return (request, next) => {
      const answer = next(request);
      if (asks(request, shape.create))
        return changedRecords(shape, request, answer, (fields, id) => {
          first.set(id, fields);
          return fields;
        });
      return asks(request, shape.read, shape.list)
        ? changedRecords(shape, request, answer, (fields, id) => first.get(id) ?? fields)
        : answer;
    };
  };
}

function changesAll(shape: Shape, name: string): Made {
  return () => {
    let latest: unknown;
    return (request, next) => {
      const answer = next(request);
      const sent = asks(request, shape.update) && answer.status < 300 ? sentIn(shape, request)?.[name] : undefined;
      if (sent !== undefined) latest = sent;
      return latest === undefined || asks(request, shape.create)
        ? answer
        : changedRecords(shape, request, answer, (fields) => ({ ...fields, [name]: latest }));
    };
  };
}
