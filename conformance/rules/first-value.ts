import { at } from '../contract/resolve.ts';
import { isEqual } from './kit/equality.ts';
import type { Case, Rule } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { writers } from './kit/each.ts';
import { breached, notApplicable, pass, show } from './kit/outcome.ts';
import { control } from './kit/steps.ts';

/** What the server sets by itself begins with the value that the contract names. */
export const firstValue: Rule = {
  id: 'first-value',
  title: 'a new record has its documented first value',
  about:
    'A property that the server sets and moves on by itself is compared in the create response alone; later it may be anything.',
  example: 'A new call has the status completed, where the contract says queued.',
  sentence: 'A new record has the documented first value.',
  profile: 'full',
  cases: (contract) =>
    writers(contract)
      .filter(({ writer }) => writer === 'create')
      .flatMap(({ resource, operation }) =>
        resource.recordFields.flatMap((field): Case[] => {
          const { first } = field;
          if (!first) return [];
          return [
            {
              id: caseId('first-value', operation.id, field.name),
              level: first.level,
              title: `${field.name} of a new record is ${show(first.value)}`,
              operation: operation.id,
              field: field.name,
              phase: 'write',
              pointer: field.pointer,
              writes: [`${operation.id}:control`],
              run: async (session) => {
                const { exchange } = await control(session, resource, 'create');
                const got = at(exchange.response?.json, `${resource.recordAt.create}/${field.name}`);
                if (got === undefined) return notApplicable(`the create response has no ${field.name}`);
                if (isEqual(first.value, got, 'exact')) return pass(exchange);
                return breached(
                  { kind: 'wrong-first-value', field: field.name, wanted: first.value, got },
                  { field: field.name, exchanges: [exchange] },
                );
              },
            },
          ];
        }),
      ),
};
