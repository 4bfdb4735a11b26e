import type { Resource } from '../contract/types.ts';
import type { Case, Rule, StoredRecord } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { makeable } from './kit/each.ts';
import { isPlain } from './kit/law.ts';
import { breached, notApplicable, pass } from './kit/outcome.ts';
import { control, recordsOf } from './kit/steps.ts';

/** No two records have the same id. */
export const uniqueIds: Rule = {
  id: 'unique-ids',
  title: 'no two records have the same id',
  about: 'The ids of all records that the run created are compared.',
  example: 'The second call has the uid of the first.',
  sentence: 'Every record has an id of its own.',
  profile: 'core',
  cases: (contract) =>
    makeable(contract).flatMap((resource): Case[] => {
      const { create } = resource;
      if (!create) return [];
      return [
        {
          id: caseId('unique-ids', create.id),
          level: 'MUST',
          title: `every record of ${create.id} has a ${resource.idField} of its own`,
          operation: create.id,
          field: resource.idField,
          phase: 'quiet',
          pointer: create.pointer,
          writes: [`${create.id}:control`],
          prepare: (session) => control(session, resource, 'create'),
          run: async (session) => {
            const { record, body } = await control(session, resource, 'create');
            if (record && isPlain(session.contract) && String(body[resource.idField]) === record.id)
              return notApplicable(`the client chooses the ${resource.idField}`);
            const seen = new Set<string>();
            // What an invalid request made may be the record of an earlier one.
            const records = recordsOf(session, resource).filter(({ unexpected }) => unexpected !== true);
            const twin = records.find(({ id }) => seen.size === seen.add(id).size);
            if (records.length < 2) return notApplicable('the run created one record alone');
            if (!twin) return pass();
            const shared = isPlain(session.contract) && sharedName(resource, records, twin);
            if (shared) return notApplicable(`records with one ${shared} are one record to ${create.id}`);
            return breached(
              { kind: 'id-repeated', idField: resource.idField, id: twin.id },
              { field: resource.idField },
            );
          },
        },
      ];
    }),
};

/** A text that all records with one id were sent alike: a create may go by it, and answer the record that it finds. */
function sharedName(resource: Resource, records: readonly StoredRecord[], { id }: StoredRecord): string | undefined {
  const [first, ...others] = records.filter((one) => one.id === id);
  const names = resource.createFields
    .filter(({ schema }) => schema.enum === undefined && schema.const === undefined)
    .map(({ name }) => name);
  return names.find(
    (name) => typeof first?.state[name] === 'string' && others.every(({ state }) => state[name] === first.state[name]),
  );
}
