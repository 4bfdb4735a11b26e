/** A rule whose cases write values that must be taken, and read them back. */
import type { Case, Rule } from '../types.ts';
import { writers } from './each.ts';
import { judgeValue, prepareValue, takenValues, valueCaseId, type TakenValue } from './taken-values.ts';

/** @param words the rule's id, and what is said of it */
export function takenValueRule(words: Omit<Rule, 'cases' | 'id'> & { id: TakenValue['rule'] }): Rule {
  return {
    ...words,
    cases: (contract) =>
      writers(contract).flatMap((part) =>
        takenValues(contract, part)
          .filter(({ rule }) => rule === words.id)
          .map((value): Case => ({
            id: valueCaseId(part, value),
            level: value.level,
            title: `${part.operation.id} takes ${value.field.name} as ${value.title} and keeps it`,
            operation: part.operation.id,
            field: value.field.name,
            phase: 'quiet',
            pointer: value.field.pointer,
            writes: [
              `${part.operation.id}:pack:${value.pack}`,
              ...(part.writer === 'update' ? [`${part.resource.create?.id ?? ''}:for-pack:${value.pack}`] : []),
            ],
            prepare: (session) => prepareValue(session, part, value),
            run: (session) => judgeValue(session, part, value),
          })),
      ),
  };
}
