import type { Case, Rule } from './types.ts';
import { writers } from './kit/each.ts';
import { judgeValue, prepareValue, takenValues, valueCaseId } from './kit/taken-values.ts';

/** Allowed values are taken and kept. */
export const acceptsValue: Rule = {
  id: 'accepts-value',
  title: 'every allowed value is taken and read back',
  about:
    'Each value of an enum, both booleans, the values that the contract names as just inside, and the bounds themselves are written and read back in every way.',
  example: 'POST with status MISSED is answered with 400.',
  sentence: 'Every value that the contract allows is accepted and read back.',
  profile: 'full',
  cases: (contract) =>
    writers(contract).flatMap((part) =>
      takenValues(contract, part)
        .filter((value) => value.rule === 'accepts-value')
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
