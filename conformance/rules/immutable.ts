import { at, isObject } from '../contract/resolve.ts';
import { differenceOf } from '../model/breach/difference.ts';
import type { RecordField } from '../contract/types.ts';
import type { Case, Rule, Session } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { writers, type WriterOf } from './kit/each.ts';
import { sameInstant } from './kit/equality.ts';
import { breached, notApplicable, pass } from './kit/outcome.ts';
import { controlPlaces } from './round-trip.ts';

/** Ids and creation times never change: in no read, in no list, by no update. */
export const immutable: Rule = {
  id: 'immutable',
  title: 'ids and creation times never change',
  about:
    'Each property that the contract calls immutable, and the id, is compared between the create response, GET, list, the update response and the reads after an update.',
  example: 'The creation time moves on when the record is updated.',
  sentence: 'Ids and creation times never change.',
  profile: 'full',
  cases: (contract) =>
    writers(contract).flatMap((part) =>
      part.resource.recordFields
        .filter((field) => field.immutable || field.name === part.resource.idField)
        .map((field): Case => ({
          id: caseId('immutable', part.operation.id, field.name),
          level: 'MUST',
          title: `${field.name} is the same in every read after ${part.operation.id}`,
          operation: part.operation.id,
          field: field.name,
          phase: 'quiet',
          pointer: field.pointer,
          writes: [`${part.operation.id}:control`],
          prepare: (session) => controlPlaces(session, part, false),
          run: (session) => compare(session, part, field),
        })),
    ),
};

async function compare(session: Session, part: WriterOf, field: RecordField) {
  const { written, found } = await controlPlaces(session, part, true);
  const { record } = written;
  if (!record) return notApplicable('the create response returns no id');
  const first = isObject(record.created) ? record.created[field.name] : undefined;
  if (first == null) return notApplicable(`the create response does not return ${field.name}`);
  const told = found
    .filter((place) => isObject(place.record))
    .map((place) => ({ place, got: at(place.record, `/${field.name}`) }))
    .filter(({ got }) => got != null);
  const wrong = told.filter(({ got }) => !same(field, first, got));
  if (wrong.length === 0) return pass(...told.map(({ place }) => place.exchange));
  return breached(
    {
      kind: 'changed',
      field: field.name,
      before: first,
      got: wrong[0]?.got,
      difference: differenceOf(first, wrong[0]?.got),
      seen: told.map(({ place, got }) => ({ where: place.way, got, ok: same(field, first, got) })),
      identity: field.name === part.resource.idField,
    },
    { field: field.name, operation: wrong[0]?.place.operation, exchanges: wrong.map(({ place }) => place.exchange) },
  );
}

function same(field: RecordField, a: unknown, b: unknown): boolean {
  return field.schema.format === 'date-time' ? sameInstant(a, b) : a === b || String(a) === String(b);
}
