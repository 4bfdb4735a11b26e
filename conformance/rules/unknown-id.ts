import type { Case, Rule } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { operationsOf } from './kit/each.ts';
import { documents, isPlain, isServerError } from './kit/law.ts';
import { serverError } from './kit/answers.ts';
import { breached, notTested, pass, show } from './kit/outcome.ts';
import { body, control, createdRecord } from './kit/steps.ts';
import { unknownLike } from './kit/unknown-id.ts';

/** An id that no record has is answered with 404. */
export const unknownId: Rule = {
  id: 'unknown-id',
  title: 'an unknown id answers 404',
  about:
    'Reads and updates are asked for an id of the target’s own shape that it never made, and for one of a shape that it never makes, which may be 400 as well.',
  example: 'GET of an unknown uid is answered with 200 and an empty record.',
  sentence: 'An unknown id is 404; an id of a shape that the API never makes may also be 400.',
  profile: 'full',
  cases: (contract) =>
    operationsOf(contract).flatMap(({ operation, resource, role }) => {
      if (!resource || (role !== 'read' && role !== 'update')) return [];
      return (['unknown', 'malformed'] as const).map((shape): Case => ({
        id: caseId('unknown-id', operation.id, shape),
        level: 'MUST',
        title:
          shape === 'unknown'
            ? `${operation.id} answers 404 for an id that no record has`
            : `${operation.id} answers 404 or 400 for an id of a shape that is never made`,
        operation: operation.id,
        phase: 'write',
        pointer: operation.pointer,
        writes: [`${resource.create?.id ?? ''}:control`],
        run: async (session) => {
          const { record } = await createdRecord(session, resource, 'control');
          // A valid update has to succeed where there is a record; else its refusal says nothing about the id.
          if (role === 'update') await control(session, resource, 'update');
          const id =
            shape === 'unknown'
              ? unknownLike(record.id, session.fresh(`unknown-${operation.id}`), session.records)
              : 'ringtrue~never*made';
          const key = `unknown-${operation.id}-${shape}`;
          const exchange = await session.send({
            operation,
            pathParameters: { [resource.idParameter]: id },
            ...(role === 'update' ? { json: body(session, resource, 'update', key) } : {}),
          });
          const status = exchange.response?.status ?? 0;
          if (status >= 400 && status < 500 && role === 'update')
            session.refused.push({
              operation: operation.id,
              what: `the id ${show(id)} is unknown`,
              marker: session.fresh(key).token,
              exchange,
            });
          if (status === 404 || (shape === 'malformed' && status === 400)) return pass(exchange);
          const plain = isPlain(contract);
          // A document without requirements leaves it to HTTP how a request is refused, and whether PUT makes what it names (RFC 9110 section 9.3.4).
          if (plain && ((status >= 400 && status < 500) || (status < 300 && operation.method === 'PUT')))
            return pass(exchange);
          if (plain && status >= 300 && !isServerError(contract, exchange))
            return notTested(`${operation.id} answered ${String(status)} for an id that no record has`);
          return breached(
            status >= 500
              ? serverError(exchange, { of: 'id', id, malformed: shape === 'malformed' })
              : {
                  kind: 'wrong-status',
                  status,
                  expected: shape === 'malformed' ? ['404', '400'] : ['404'],
                  asked: { of: 'id', id, malformed: shape === 'malformed' },
                },
            {
              ...(plain && status < 300 && !documents(operation, 404) ? { level: 'SHOULD' as const } : {}),
              exchanges: [exchange],
            },
          );
        },
      }));
    }),
};
