import type { Case, Rule } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { writers } from './kit/each.ts';
import { judgeRefusal, sendRefusable } from './kit/refusal.ts';
import { notApplicable } from './kit/outcome.ts';
import { body, control } from './kit/steps.ts';

/** A value that the target must refuse with a status of its own. */
export const refusedFixture: Rule = {
  id: 'refused-fixture',
  title: 'a value that the account may not use is refused',
  about:
    'Where a contract names a fixture that must be refused (an unverified number, say), it is sent in place of the right one.',
  example: 'POST with a number that is not verified is answered with 201.',
  sentence: 'A value that may not be used is refused with its documented status.',
  profile: 'full',
  cases: (contract) =>
    writers(contract).flatMap(({ resource, writer, operation, fields }) =>
      fields.flatMap((field) =>
        Object.entries(field.refusedFixtures).map(([fixture, status]): Case => ({
          id: caseId('refused-fixture', operation.id, field.name, fixture),
          level: 'MUST',
          title: `${operation.id} answers ${String(status)} to ${field.name} from the fixture ${fixture}`,
          operation: operation.id,
          field: field.name,
          phase: 'write',
          pointer: field.pointer,
          writes: [`${operation.id}:${fixture}`],
          run: async (session) => {
            const value = session.fixture(fixture);
            if (value === undefined)
              return notApplicable(`the fixture ${fixture} has no value (--fixture ${fixture}=…)`);
            await control(session, resource, writer);
            const key = `fixture-${fixture}`;
            const json = { ...body(session, resource, writer, key), [field.name]: value };
            const what = `${field.name} is the fixture ${fixture}`;
            const exchange = await sendRefusable(session, resource, writer, key, { json }, what, field.name);
            return judgeRefusal(exchange, {
              contract,
              operation,
              what,
              asked: {
                of: 'invalid',
                alteration: 'refused-fixture',
                at: `/${field.name}`,
                value,
                title: `the fixture ${fixture}`,
              },
              level: 'MUST',
              statuses: [status],
              field: { ...field, fixture: undefined },
              pointer: field.pointer,
            });
          },
        })),
      ),
    ),
};
