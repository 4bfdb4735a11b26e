import { at, follow, isObject, propertiesOf } from '../contract/resolve.ts';
import type { Contract, Operation, Schema } from '../contract/types.ts';
import type { Case, Rule } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { writers } from './kit/each.ts';
import { mutationsOf } from './kit/mutations.ts';
import { breached, notApplicable, pass } from './kit/outcome.ts';
import { sendMutation } from './kit/refusal.ts';
import { refused } from './kit/steps.ts';

/** An error about one property names it where the contract has a place for the name. */
export const errorNamesField: Rule = {
  id: 'error-names-field',
  title: 'a validation error names the offending property',
  about:
    'The refusals of a missing, null or wrongly typed property are searched for its name in the place that the contract marks for it.',
  example: 'The error for a missing rate says field: body.',
  sentence: 'A validation error names the offending field.',
  profile: 'core',
  cases: (contract) =>
    writers(contract)
      .filter(({ operation }) => namePlaces(contract, operation).length > 0)
      .flatMap(({ resource, writer, operation, fields }) =>
        fields
          .filter((field) => field.required)
          .map((field): Case => ({
            id: caseId('error-names-field', operation.id, field.name),
            level: 'SHOULD',
            title: `the error for a missing ${field.name} of ${operation.id} names it`,
            operation: operation.id,
            field: field.name,
            phase: 'write',
            pointer: field.pointer,
            writes: [`${operation.id}:required-missing:${field.name}:missing`],
            run: async (session) => {
              const mutation = mutationsOf(contract, field).find(
                ({ kind, detail }) => kind === 'required-missing' && detail === 'missing',
              );
              const exchange = mutation && (await sendMutation(session, resource, writer, mutation));
              if (!exchange || !refused(exchange)) return notApplicable('it was not refused, which another case tells');
              const names = namePlaces(contract, operation).flatMap((place) => collect(exchange.response?.json, place));
              if (names.some((name) => name.split(/[./[\]]+/).includes(field.name))) return pass(exchange);
              return breached(
                { kind: 'field-not-named', field: field.name, names },
                { field: field.name, exchanges: [exchange] },
              );
            },
          })),
      ),
};

interface NamePlace {
  /** Tokens to the place; `*` for each item. */
  tokens: string[];
  keys: boolean;
}

function namePlaces(contract: Contract, operation: Operation): NamePlace[] {
  const response = operation.responses.find(({ status }) => status === '400');
  if (!response?.schema || response.schemaPointer === undefined) return [];
  const found: NamePlace[] = [];
  const visit = (schema: Schema, pointer: string, tokens: string[]): void => {
    if (tokens.length > 6) return;
    const keyword = schema['x-ringtrue-names-field'];
    if (keyword !== undefined) found.push({ tokens, keys: keyword === 'keys' });
    if (isObject(schema.items)) {
      const items = follow(contract.document, schema.items, `${pointer}/items`);
      visit(items.value, items.pointer, [...tokens, '*']);
    }
    for (const property of propertiesOf(contract.document, schema, pointer))
      visit(property.schema, property.pointer, [...tokens, property.name]);
  };
  visit(response.schema, response.schemaPointer, []);
  return found;
}

function collect(json: unknown, { tokens, keys }: NamePlace): string[] {
  let here: unknown[] = [json];
  for (const token of tokens)
    here = here.flatMap((node) =>
      token === '*' ? (Array.isArray(node) ? (node as unknown[]) : []) : [at(node, `/${token}`)],
    );
  return here.flatMap((node) =>
    keys ? (isObject(node) ? Object.keys(node) : []) : typeof node === 'string' ? [node] : [],
  );
}
