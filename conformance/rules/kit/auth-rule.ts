/** A rule whose cases ask every secured operation with wrong credentials. */
import type { Auth, Case, Rule } from '../types.ts';
import { askAs } from './auth-case.ts';
import { caseId } from './case-id.ts';
import { operationsOf } from './each.ts';
import { documents, isPlain, isServerError } from './law.ts';
import { serverError } from './answers.ts';
import { breached, pass } from './outcome.ts';

/**
 * @param id the rule's id
 * @param auth the credentials to ask with
 * @param what the credentials in words
 */
export function authRule(
  id: string,
  auth: Auth,
  what: string,
  words: Pick<Rule, 'title' | 'about' | 'example' | 'sentence'>,
): Rule {
  return {
    id,
    ...words,
    profile: 'full',
    cases: (contract) =>
      operationsOf(contract)
        .filter(({ operation, role }) => role !== 'other' && operation.security.length > 0)
        .filter(
          ({ operation }) => id !== 'auth-scheme' || operation.security.every(({ scheme }) => scheme.kind === 'bearer'),
        )
        .map(({ operation, resource, role }): Case => ({
          id: caseId(id, operation.id),
          level: 'MUST',
          title: `${operation.id} answers 401 to a request with ${what}`,
          operation: operation.id,
          phase: 'write',
          pointer: operation.pointer,
          writes:
            role === 'create' || role === 'update'
              ? [`${operation.id}:${id}`]
              : role === 'read'
                ? [`${resource?.create?.id ?? ''}:control`]
                : [],
          run: async (session) => {
            const exchange = await askAs(
              session,
              operation,
              resource,
              role,
              auth,
              `${id}-${operation.id}`,
              `it was sent with ${what}`,
            );
            const status = exchange.response?.status ?? 0;
            if (status === 401) return pass(exchange);
            if (isPlain(contract) && !isServerError(contract, exchange) && status >= 300) return pass(exchange);
            return breached(
              status >= 500
                ? serverError(exchange, { of: 'credentials', which: what })
                : status < 300
                  ? {
                      kind: 'unauthorized-accepted',
                      status,
                      asked: { of: 'credentials', which: what },
                      ...(isPlain(contract) && !documents(operation, 401) ? { undocumented: true } : {}),
                    }
                  : { kind: 'wrong-status', status, expected: ['401'], asked: { of: 'credentials', which: what } },
              { exchanges: [exchange] },
            );
          },
        })),
  };
}
