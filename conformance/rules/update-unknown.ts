import type { Case, Rule } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { writers } from './kit/each.ts';
import { isPlain } from './kit/law.ts';
import { breached, notTested, pass } from './kit/outcome.ts';
import { body, control, createdRecord, readOnce, succeeded } from './kit/steps.ts';
import { unknownLike } from './kit/unknown-id.ts';

/** An update of an id that no record has makes none. */
export const updateUnknown: Rule = {
  id: 'update-unknown',
  title: 'an update of an unknown id creates nothing',
  about: 'An update is sent for an id that no record has, and that id is read afterwards.',
  example: 'PUT on an unknown uid is answered with 404, and GET of that uid with 200.',
  sentence: 'An update never creates a record.',
  profile: 'full',
  cases: (contract) =>
    writers(contract)
      .filter(
        ({ writer, resource, operation }) =>
          writer === 'update' && resource.read && !(isPlain(contract) && operation.method === 'PUT'),
      )
      .map(({ resource, operation }): Case => ({
        id: caseId('update-unknown', operation.id),
        level: 'MUST',
        title: `${operation.id} of an unknown id leaves nothing to read under that id`,
        operation: operation.id,
        phase: 'write',
        pointer: operation.pointer,
        writes: [`${operation.id}:unknown`],
        run: async (session) => {
          const { record } = await createdRecord(session, resource, 'control');
          await control(session, resource, 'update');
          const id = unknownLike(record.id, session.fresh('update-unknown'), session.records);
          const written = await session.send({
            operation,
            pathParameters: { [resource.idParameter]: id },
            json: body(session, resource, 'update', 'update-unknown'),
          });
          const exchange = await readOnce(session, resource, id);
          if (!succeeded(exchange)) return pass(written, exchange);
          const never = await readOnce(
            session,
            resource,
            unknownLike(record.id, session.fresh('never-written'), session.records),
          );
          if (succeeded(never))
            return notTested('the target answers ids that nobody wrote', `unknown-id|${resource.read?.id ?? ''}`);
          return breached(
            { kind: 'created-by-update', status: written.response?.status ?? 0, id },
            { exchanges: [written, exchange] },
          );
        },
      })),
};
