/** A rule whose cases write values that must be taken, and read them back. */
import type { Case, Rule } from '../types.ts';
import { writers, type WriterOf } from './each.ts';
import { judgeValue, prepareValue, takenValues, valueCaseId, type TakenValue } from './taken-values.ts';

/** @param words the rule's id, and what is said of it */
export function takenValueRule(words: Omit<Rule, 'cases' | 'id'> & { id: TakenValue['rule'] }): Rule {
  return {
    ...words,
    *cases(contract) {
      for (const part of writers(contract))
        for (const value of takenValues(contract, part)) if (value.rule === words.id) yield caseOf(part, value);
    },
  };
}

function caseOf(part: WriterOf, value: TakenValue): Case {
  const { operation, resource, writer } = part;
  const { field } = value;
  return {
    id: valueCaseId(part, value),
    level: value.level,
    title: `${operation.id} takes ${field.name} as ${value.title} and keeps it`,
    operation: operation.id,
    field: field.name,
    phase: 'quiet',
    pointer: field.pointer,
    writes: [
      `${operation.id}:pack:${value.pack}`,
      ...(writer === 'update' ? [`${resource.create?.id ?? ''}:for-pack:${value.pack}`] : []),
    ],
    prepare: (session) => prepareValue(session, part, value),
    run: (session) => judgeValue(session, part, value),
  };
}
