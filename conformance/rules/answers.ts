import type { Contract, Operation } from '../contract/types.ts';
import type { Case, Outcome, Rule, Session } from './types.ts';
import { serverError } from './kit/answers.ts';
import { caseId } from './kit/case-id.ts';
import { operationsOf } from './kit/each.ts';
import { explanationOf } from './kit/explanation.ts';
import { isPlain, isServerError } from './kit/law.ts';
import { breached, notTested, pass } from './kit/outcome.ts';
import { putOperations } from './kit/put-resources.ts';
import { notSent, sendValid } from './kit/sendable.ts';

/** Every operation of a plain document is asked once with a valid request, if it is safe; what it answers is held to the document. */
export const answers: Rule = {
  id: 'answers',
  title: 'an operation that no other rule asks answers a valid request',
  about:
    'Reads of records that the run did not make, single records, searches, actions and further updates are sent a valid request, on records that the run made where they change something. A refusal is no breach: the target may know more than the document.',
  example: 'GET /status is answered with 500.',
  sentence: 'Every operation answers a valid request as it is documented.',
  profile: 'core',
  cases: (contract) =>
    unasked(contract).map((operation): Case => {
      const reads = operation.method === 'GET' || operation.method === 'HEAD';
      return {
        id: caseId('answers', operation.id),
        level: 'MUST',
        title: `${operation.id} answers a valid request`,
        operation: operation.id,
        phase: 'write',
        pointer: operation.pointer,
        writes: reads || notSent(contract, operation) !== undefined ? [] : [`${operation.id}:answers`],
        run: (session) => ask(session, operation),
      };
    }),
};

/** Operations that are neither written nor read as parts of a resource whose records can be made. */
function unasked(contract: Contract): Operation[] {
  if (!isPlain(contract)) return [];
  const put = putOperations(contract);
  return operationsOf(contract)
    .filter(({ operation }) => !put.has(operation))
    .filter(({ operation, resource, role }) => role === 'other' && resource?.delete !== operation)
    .map(({ operation }) => operation)
    .filter(
      (operation) =>
        !contract.resources.some((one) => one.delete === operation && notSent(contract, operation) === undefined),
    );
}

async function ask(session: Session, operation: Operation): Promise<Outcome> {
  const why = notSent(session.contract, operation);
  if (why !== undefined) return notTested(why);
  const exchange = await sendValid(session, operation, `answers-${operation.id}`);
  const status = exchange.response?.status ?? 0;
  if (status < 400) return pass(exchange);
  if (!isServerError(session.contract, exchange))
    return notTested(
      `${operation.id} answered ${String(status)}${explanationOf(exchange).said} to a request that keeps the document`,
      `answers|${operation.id}`,
    );
  return breached(serverError(exchange, { of: 'valid' }), { exchanges: [exchange] });
}
