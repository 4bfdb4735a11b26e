import type { Contract, RequestField } from '../contract/types.ts';
import type { Case, Rule } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { jsonWriters, type WriterOf } from './kit/each.ts';
import { judgeRefusal, sendRefusable } from './kit/refusal.ts';
import { body, control } from './kit/steps.ts';

/** A required property under its name in other letters is missing (RFC 8259 section 8.3). */
export const keyCase: Rule = {
  id: 'key-case',
  title: 'a property under its name in another case is missing',
  about:
    'A valid body is sent with one required property under its name in capitals. Names are compared character by character (RFC 8259 section 8.3), so that the property is missing. Some readers of JSON (Go’s encoding/json, ASP.NET Core) fold the case: worth a warning and no more.',
  example: 'POST with NAME in place of name is answered with 201.',
  sentence: 'A required property under its name in another case is missing.',
  profile: 'full',
  cases: (contract) =>
    jsonWriters(contract).flatMap((part) => {
      const field = required(contract, part);
      return field ? [caseOf(part, field)] : [];
    }),
};

/** One property is enough: a reader folds the case of all of them or of none. */
function required(contract: Contract, { fields }: WriterOf): RequestField | undefined {
  const names = new Set(fields.map(({ name }) => name));
  return fields.find(
    ({ name, required: needed, fixture }) =>
      needed && fixture === undefined && inOtherCase(name) !== name && !names.has(inOtherCase(name)),
  );
}

function inOtherCase(name: string): string {
  return name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
}

function caseOf({ resource, writer, operation }: WriterOf, field: RequestField): Case {
  const { name } = field;
  const other = inOtherCase(name);
  const what = `${name} is missing and ${other} stands in its place`;
  return {
    id: caseId('key-case', operation.id, name),
    level: 'SHOULD',
    title: `${operation.id} refuses a body in which ${what}`,
    operation: operation.id,
    field: name,
    phase: 'write',
    pointer: field.pointer,
    writes: [`${operation.id}:key-case:${name}`],
    run: async (session) => {
      await control(session, resource, writer);
      const key = `key-case-${operation.id}-${name}`;
      const { [name]: value, ...rest } = body(session, resource, writer, key);
      const json = { ...rest, [other]: value };
      const exchange = await sendRefusable(session, resource, writer, key, { json }, what, name);
      return judgeRefusal(exchange, {
        contract: session.contract,
        operation,
        what,
        level: 'SHOULD',
        field,
        pointer: field.pointer,
      });
    },
  };
}
