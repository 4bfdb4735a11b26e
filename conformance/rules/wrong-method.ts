import type { Contract, Operation } from '../contract/types.ts';
import type { Case, Rule } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { serverError } from './kit/answers.ts';
import { makeable } from './kit/each.ts';
import { isServerError } from './kit/law.ts';
import { breached, pass } from './kit/outcome.ts';
import { standingRecord } from './kit/steps.ts';

/** A method that a path does not have answers 405 or 404. */
export const wrongMethod: Rule = {
  id: 'wrong-method',
  title: 'a method that a path lacks answers 405 or 404',
  about:
    'PATCH and PUT on collections, PATCH and DELETE on a record that the run made. A collection is never asked to be deleted.',
  example: 'PATCH on the collection is answered with 500.',
  sentence: 'A method that the path lacks is answered with 405 or 404.',
  profile: 'full',
  cases: (contract) =>
    paths(contract).flatMap(({ path, operation }) => {
      const taken = new Set(
        contract.operations.filter((other) => unnamed(other.path) === unnamed(path)).map((other) => other.method),
      );
      const resource = makeable(contract).find(({ create, read, update, list, relatedReads }) =>
        [create, read, update, list, ...relatedReads].includes(operation),
      );
      const single = path.includes('{');
      if (!resource?.create) return [];
      return (single ? ['DELETE', 'PATCH', 'POST'] : ['PATCH', 'PUT'])
        .filter((method) => !taken.has(method))
        .map((method): Case => ({
          id: caseId('wrong-method', operation.id, method.toLowerCase()),
          level: 'SHOULD',
          title: `${method} ${path} answers 405 or 404`,
          operation: operation.id,
          phase: 'write',
          pointer: operation.pointer.replace(/\/[^/]*$/, ''),
          writes: [`${operation.id}:wrong-method:${method}`, `${resource.create?.id ?? ''}:wrong-method:${method}`],
          run: async (session) => {
            const pathParameters: Record<string, string> = {};
            if (single)
              pathParameters[resource.idParameter] = (
                await standingRecord(session, resource, `wrong-method-${operation.id}`)
              ).id;
            const exchange = await session.send({
              operation,
              method,
              path,
              pathParameters,
              ...(method === 'DELETE' ? {} : { json: {} }),
            });
            const status = exchange.response?.status ?? 0;
            const asked = { of: 'method', method, path } as const;
            // 501 says that the method is not implemented (RFC 9110 section 15.6.2).
            if (status === 404 || status === 405 || (status >= 500 && !isServerError(contract, exchange)))
              return pass(exchange);
            // A target that has more methods than its contract has done what it was asked: nothing more is expected of that record.
            const touched = session.records.findIndex(({ id }) => id === pathParameters[resource.idParameter]);
            if (status < 300 && touched >= 0) session.records.splice(touched, 1);
            return breached(
              status >= 500
                ? serverError(exchange, asked)
                : { kind: 'wrong-status', status, expected: ['405', '404'], asked },
              { level: status >= 500 ? 'MUST' : 'SHOULD', exchanges: [exchange] },
            );
          },
        }));
    }),
};

/** Two paths that differ in the names of their parameters alone are one to a server. */
function unnamed(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, '{}');
}

/** Each path once, with its first operation. */
function paths(contract: Contract): { path: string; operation: Operation }[] {
  const found = new Map<string, Operation>();
  for (const operation of contract.operations) if (!found.has(operation.path)) found.set(operation.path, operation);
  return [...found].map(([path, operation]) => ({ path, operation }));
}
