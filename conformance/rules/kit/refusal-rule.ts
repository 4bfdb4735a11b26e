/** A rule whose cases each send one kind of refused value. */
import type { Case, Rule } from '../types.ts';
import { caseId } from './case-id.ts';
import { writers } from './each.ts';
import { mutationsOf, type MutationKind } from './mutations.ts';
import { judgeRefusal, sendMutation } from './refusal.ts';
import { notTested } from './outcome.ts';

/**
 * @param id the kind of change, which is the rule's id
 * @param words title, description and example of the rule
 */
export function refusalRule(
  id: MutationKind,
  words: Pick<Rule, 'title' | 'about' | 'example' | 'profile' | 'sentence'>,
): Rule {
  return {
    id,
    ...words,
    cases: (contract) =>
      writers(contract).flatMap(({ resource, writer, operation, fields }) =>
        fields.flatMap((field) =>
          mutationsOf(contract, field)
            .filter((mutation) => mutation.kind === id)
            .map((mutation): Case => ({
              id: caseId(
                id,
                operation.id,
                field.name,
                mutation.detail === 'missing' || mutation.detail === 'null' || mutation.detail === 'empty'
                  ? undefined
                  : mutation.detail,
              ),
              level: mutation.level,
              title: `${operation.id} refuses a body in which ${mutation.what}`,
              operation: operation.id,
              field: field.name,
              phase: 'write',
              pointer: mutation.at.replace(/\/$/, ''),
              writes: [`${operation.id}:${id}:${field.name}:${mutation.detail}`],
              run: async (session) => {
                const exchange = await sendMutation(session, resource, writer, mutation);
                if (exchange && !exchange.response) return notTested('no response came');
                return judgeRefusal(exchange, {
                  operation,
                  what: mutation.what,
                  level: mutation.level,
                  field,
                  pointer: mutation.at.replace(/\/$/, ''),
                  cause: `accepted|${field.name}`,
                });
              },
            })),
        ),
      ),
  };
}
