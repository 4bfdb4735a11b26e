/** Changes records. */
import { isObject } from '../contract/resolve.ts';
import type { JsonObject, Operation, Resource } from '../contract/types.ts';
import type { StoredRecord } from './model.ts';
import { apply, fieldsOf, nameItself } from './records.ts';
import { instantFor, instantOf, put } from './values.ts';

/**
 * Changes a record.
 *
 * @param clock that tells when
 * @param resource of the record
 * @param operation that changes it
 * @param record as it is
 * @param fields what the body says
 * @param how whether what is left out is gone, and whether null removes (RFC 7396)
 */
export function changeRecord(
  { now }: { now: () => Date },
  resource: Resource,
  operation: Operation,
  record: StoredRecord,
  fields: JsonObject,
  how: { replaces: boolean; merges: boolean },
): void {
  const known = fieldsOf(resource, operation);
  const before = record.data;
  const data: JsonObject = { ...before };
  if (how.replaces) {
    for (const { name, roundTrip } of known) {
      const place = roundTrip?.at ?? `/${name}`;
      if (place.lastIndexOf('/') === 0 && name !== resource.idField) Reflect.deleteProperty(data, place.slice(1));
    }
  }
  apply(data, how.merges ? merged(before, fields) : fields, known, how.replaces);
  for (const { name, immutable, required, schema } of resource.recordFields) {
    if ((immutable || (required && !Object.hasOwn(data, name))) && Object.hasOwn(before, name))
      data[name] = before[name];
    const written = Object.hasOwn(fields, name);
    if (!written && instantOf(name) === 'changed') {
      const later = laterThan(before[name], instantFor(schema, now()));
      if (later !== undefined) data[name] = later;
    } else if (!written && !Object.hasOwn(data, name) && Object.hasOwn(before, name) && instantOf(name) !== undefined)
      data[name] = before[name];
  }
  nameItself(data, resource, record.id);
  record.data = data;
  record.version += 1;
}

/** Two changes within one millisecond are told apart all the same. */
function laterThan(before: unknown, wanted: string | number | undefined): string | number | undefined {
  if (typeof wanted !== 'string' || typeof before !== 'string' || wanted.length < 20 || wanted > before) return wanted;
  const last = Date.parse(before);
  return Number.isNaN(last) ? wanted : new Date(last + 1).toISOString();
}

/** @see RFC 7396 section 2 */
function merged(target: JsonObject, patch: JsonObject): JsonObject {
  const made: JsonObject = {};
  for (const [name, value] of Object.entries(patch)) {
    const own = target[name];
    put(
      made,
      name,
      isObject(value)
        ? withoutNull({ ...(isObject(own) ? own : {}), ...merged(isObject(own) ? own : {}, value) }, value)
        : value,
    );
  }
  return made;
}

function withoutNull(made: JsonObject, patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(made).filter(([name]) => !(name in patch) || patch[name] !== null));
}
