/** Compares what was written with what a response returns. */
import { at, isObject } from '../../contract/resolve.ts';
import type { RequestField, Resource } from '../../contract/types.ts';
import type { Exchange, Level } from '../../model/index.ts';
import type { Outcome, Session, StoredRecord } from '../types.ts';
import { differenceOf } from '../../model/breach/difference.ts';
import { isCanonicalForm } from './canonical.ts';
import { isEqual } from './equality.ts';
import { isPlain } from './law.ts';
import { breached, notApplicable, pass } from './outcome.ts';
import { isOurs } from './server-made.ts';
import { recordsOf } from './steps.ts';
import { formOf } from './usual-form.ts';

/** One place in which a written value is looked for. */
export interface Place {
  /** `create response`, `get`, … */
  way: string;
  /** The record as that response told it. */
  record: unknown;
  exchange: Exchange;
  /** The operation that answered. */
  operation: string;
}

export type Seen = 'equal' | 'absent' | 'differs';

/** How a place tells a field. */
export function look(field: RequestField, sent: unknown, place: Place): { seen: Seen; got: unknown } {
  const trip = field.roundTrip;
  const got = trip ? at(place.record, trip.at) : undefined;
  if (!trip) return { seen: 'equal', got };
  if (got === undefined || got === null) {
    // Nothing sent, nothing told: null and an empty object say no more than absence.
    const nothing =
      sent === null ||
      sent === undefined ||
      (isObject(sent) && Object.keys(sent).length === 0) ||
      (Array.isArray(sent) && sent.length === 0);
    return { seen: nothing ? 'equal' : 'absent', got };
  }
  return { seen: isEqual(sent, got, trip.equality, trip.ignore) ? 'equal' : 'differs', got };
}

/**
 * The same where the document says nothing of how the value is read back: absent from one place it may stand in another, and a usual
 * canonical form is not an altered value.
 */
function lookPlainly(field: RequestField, sent: unknown, place: Place): { seen: Seen; got: unknown; level: Level } {
  const { seen, got } = look(field, sent, place);
  if (seen !== 'differs') return { seen, got, level: 'MUST' };
  const form = formOf(sent, got, field.schema);
  return { seen: form === 'same' ? 'equal' : 'differs', got, level: form === 'usual' ? 'SHOULD' : 'MUST' };
}

/** Whether the places are looked at as a document without keywords is. */
export function isInferred(session: Session, field: RequestField): boolean {
  return isPlain(session.contract) && field.roundTrip?.inferred === true;
}

/**
 * The outcome of looking for one field in some places.
 *
 * @param record whose value it is, for naming what went wrong
 */
export function judgePlaces(
  session: Session,
  resource: Resource,
  field: RequestField,
  sent: unknown,
  places: readonly Place[],
  record?: StoredRecord,
): Outcome {
  const inferred = isInferred(session, field);
  if (inferred && !isOurs({ resource }, field)) return notApplicable(`${field.name} may be the server's own`);
  const looks = places.map((place) =>
    inferred ? { place, ...lookPlainly(field, sent, place) } : { place, level: undefined, ...look(field, sent, place) },
  );
  const exchanges = places.map((place) => place.exchange);
  // Where the document says no more than that the property may be there, the rule `presence` asks whether any read has it.
  const presence = inferred ? 'SHOULD' : (field.roundTrip?.presence ?? 'MUST');
  const wrong = looks.filter(({ seen }) => seen === 'differs' || (seen === 'absent' && presence === 'MUST'));
  if (wrong.length === 0) {
    if (looks.every(({ seen }) => seen === 'absent'))
      return { ...notApplicable(`${field.name} is not returned there, which the contract allows`), exchanges };
    return pass(...exchanges);
  }
  const first = wrong[0];
  if (!first) return pass(...exchanges);
  const seen = looks.map(({ place, seen: how, got }) => ({
    where: place.way,
    got,
    missing: got === undefined,
    ok: how === 'equal' || (how === 'absent' && presence !== 'MUST'),
  }));
  const others = recordsOf(session, resource)
    .filter((other) => other !== record)
    .flatMap((other) => [other.state[field.name], other.before?.[field.name]])
    .filter((value) => value !== undefined && value !== sent);
  return breached(
    first.got === undefined || first.got === null
      ? { kind: 'not-persisted', field: field.name, sent, as: first.got === null ? 'null' : 'missing', seen }
      : {
          kind: 'altered',
          field: field.name,
          sent,
          got: first.got,
          difference: differenceOf(sent, first.got, { before: record?.before?.[field.name], others }),
          seen,
        },
    {
      level: wrong.every(({ level, got }) => level === 'SHOULD' || isCanonicalForm(field.schema, sent, got))
        ? 'SHOULD'
        : undefined,
      field: field.name,
      operation: first.place.operation,
      pointer: field.pointer,
      exchanges,
    },
  );
}
