import type { RequestField } from '../contract/types.ts';
import type { Seen } from '../model/index.ts';
import type { Case, Outcome, Rule, Session } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { look, type Place } from './kit/compare.ts';
import { writers, type WriterOf } from './kit/each.ts';
import { isPlain } from './kit/law.ts';
import { breached, notApplicable, notTested, pass } from './kit/outcome.ts';
import { isOurs } from './kit/server-made.ts';
import { control } from './kit/steps.ts';
import { controlPlaces } from './round-trip.ts';

/** Values that may be absent from one place or another: a SHOULD where a contract wishes them, a MUST where no read returns them at all. */
export const presence: Rule = {
  id: 'presence',
  title: 'a value that was written is returned',
  about:
    'Where a contract only wishes that a property is returned (presence: SHOULD), its absence is a warning and no failure; its value, where it is returned, is the business of round-trip. In a document without keywords a property may be absent from one response or another, but a value that was accepted and that no read returns is lost.',
  example: 'rate was written, and no response returns it.',
  sentence: 'A value that was written is returned in responses.',
  profile: 'core',
  cases: (contract) =>
    writers(contract).flatMap((part) =>
      part.fields.flatMap((field) => {
        const trip = field.roundTrip;
        if (!trip) return [];
        if (isPlain(contract) && trip.inferred) return isOurs(part, field) ? [keptCase(part, field)] : [];
        return trip.presence === 'SHOULD' ? [wishedCase(part, field)] : [];
      }),
    ),
};

function wishedCase(part: WriterOf, field: RequestField): Case {
  return {
    ...caseOf(part, field),
    level: 'SHOULD',
    title: `${field.name} is told after ${part.operation.id} wrote it`,
    phase: 'write',
    run: async (session) => {
      const { written, found } = await controlPlaces(session, part, false);
      if (!Object.hasOwn(written.body, field.name)) return notApplicable(`${field.name} was not sent`);
      const sent = written.body[field.name];
      const absent = found.filter((place) => look(field, sent, place).seen === 'absent');
      if (absent.length === 0) return pass(...found.map((place) => place.exchange));
      return breached(
        { kind: 'not-returned', field: field.name, sent, seen: found.map((place) => rowOf(field, sent, place)) },
        { field: field.name, exchanges: absent.map((place) => place.exchange) },
      );
    },
  };
}

/** The response of the write is no read: it may echo what was never stored. */
function keptCase(part: WriterOf, field: RequestField): Case {
  return {
    ...caseOf(part, field),
    level: 'MUST',
    title: `${field.name} is in a read after ${part.operation.id} accepted it`,
    phase: 'quiet',
    prepare: (session) => control(session, part.resource, part.writer),
    run: (session) => judgeKept(session, part, field),
  };
}

async function judgeKept(session: Session, part: WriterOf, field: RequestField): Promise<Outcome> {
  const { written, found } = await controlPlaces(session, part, true);
  if (!Object.hasOwn(written.body, field.name)) {
    const learnt = session.learnt.get(part.operation.id);
    return learnt
      ? notTested(`${part.operation.id} takes no ${field.name}${learnt.said}`)
      : notApplicable(`${field.name} was not sent`);
  }
  const sent = written.body[field.name];
  const reads = found.filter(({ way }) => !way.endsWith('response'));
  if (reads.length === 0)
    return notTested(
      `no operation of the document reads what ${part.operation.id} wrote, so nothing shows that ${field.name} is stored`,
    );
  if (reads.some((place) => look(field, sent, place).seen !== 'absent'))
    return pass(...reads.map(({ exchange }) => exchange));
  return breached(
    {
      kind: 'not-persisted',
      field: field.name,
      sent,
      as: reads.every((place) => look(field, sent, place).got === null) ? 'null' : 'missing',
      seen: found.map((place) => rowOf(field, sent, place)),
    },
    { field: field.name, exchanges: [written.exchange, ...reads.map(({ exchange }) => exchange)] },
  );
}

function caseOf(part: WriterOf, field: RequestField): Pick<Case, 'id' | 'operation' | 'field' | 'pointer' | 'writes'> {
  return {
    id: caseId('presence', part.operation.id, field.name),
    operation: part.operation.id,
    field: field.name,
    pointer: field.pointer,
    writes: [`${part.operation.id}:control`],
  };
}

function rowOf(field: RequestField, sent: unknown, place: Place): Seen {
  const { seen, got } = look(field, sent, place);
  return { where: place.way, got, missing: got === undefined, ok: seen !== 'absent' };
}
