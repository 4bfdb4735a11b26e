import { at } from '../contract/resolve.ts';
import type { Case, Rule } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { isEqual } from './kit/equality.ts';
import { writers } from './kit/each.ts';
import { isPlain } from './kit/law.ts';
import { breached, notApplicable, pass, show } from './kit/outcome.ts';
import { places } from './kit/places.ts';
import { createdRecord } from './kit/steps.ts';

/** A property with a documented default, left out of a request, reads back as that default. */
export const defaultValue: Rule = {
  id: 'default-value',
  title: 'a property that was left out reads back as its default',
  about:
    'A create with the required properties alone is read back; each property with a default in the contract is compared with it.',
  example: 'record was left out, and recording.enabled is true.',
  sentence: 'A field with a documented default reads back as that default.',
  profile: 'full',
  cases: (contract) =>
    writers(contract)
      .filter(({ writer }) => writer === 'create')
      .flatMap((part) =>
        part.fields
          .filter((field) => field.schema.default !== undefined && !field.required && field.roundTrip)
          .map((field): Case => ({
            id: caseId('default-value', part.operation.id, field.name),
            level: 'MUST',
            title: `${field.name} that was left out reads back as ${show(field.schema.default)}`,
            operation: part.operation.id,
            field: field.name,
            phase: 'write',
            pointer: `${field.pointer}/default`,
            writes: [`${part.operation.id}:required-only`],
            run: async (session) => {
              const { written, record } = await createdRecord(session, part.resource, 'required-only', {
                requiredOnly: true,
              });
              const trip = field.roundTrip;
              if (!trip) return notApplicable('it is not read back');
              const found = (await places(session, part, written, record)).map((place) => ({
                place,
                got: at(place.record, trip.at),
              }));
              const differs = found.filter(
                ({ got }) => got != null && !isEqual(field.schema.default, got, trip.equality),
              );
              const absent = found.filter(({ got }) => got == null);
              const first = differs[0] ?? absent[0];
              if (!first) return pass(...found.map(({ place }) => place.exchange));
              // A default is an annotation (JSON Schema 2020-12, Validation, section 9.2): without a keyword of ours it binds nobody.
              const guessed = isPlain(session.contract) && trip.inferred;
              if (guessed && differs.length === 0) return pass(...found.map(({ place }) => place.exchange));
              const level = guessed ? 'SHOULD' : differs.length > 0 ? 'MUST' : (trip.whenAbsent ?? trip.presence);
              if (level === 'MAY') return pass(...found.map(({ place }) => place.exchange));
              return breached(
                {
                  kind: differs.length > 0 ? 'wrong-default' : 'default-not-returned',
                  field: field.name,
                  wanted: field.schema.default,
                  got: first.got,
                  seen: found.map(({ place, got }) => ({
                    where: place.way,
                    got,
                    missing: got === undefined,
                    ok: isEqual(field.schema.default, got, trip.equality),
                  })),
                },
                { level, field: field.name, exchanges: [first.place.exchange] },
              );
            },
          })),
      ),
};
