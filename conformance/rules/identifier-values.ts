import type { Case, Rule } from './types.ts';
import { writers } from './kit/each.ts';
import { judgeValue, prepareValue, takenValues, valueCaseId } from './kit/taken-values.ts';

/** Identifiers survive in every shape. */
export const identifierValuesRule: Rule = {
  id: 'identifier-values',
  title: 'an identifier survives in every shape',
  about:
    'A property that holds an identifier is written as a UUID in both cases, with leading zeros, with spaces, quotes, markup, escapes, composed and decomposed letters, an emoji, 255 characters, and read back byte for byte.',
  example: 'The identifier "000123" is read back as "123".',
  sentence: 'An identifier is read back byte for byte, whatever its shape.',
  profile: 'core',
  cases: (contract) =>
    writers(contract).flatMap((part) =>
      takenValues(contract, part)
        .filter((value) => value.rule === 'identifier-values')
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
