/** A rule whose cases change one parameter of a valid request. */
import type { Contract, Operation, Parameter } from '../../contract/types.ts';
import type { Level } from '../../model/index.ts';
import type { Case, Outcome, Rule, Session } from '../types.ts';
import { caseId } from './case-id.ts';
import { explanationOf } from './explanation.ts';
import { isPlain, isServerError } from './law.ts';
import { serverError } from './answers.ts';
import { breached, notTested, pass } from './outcome.ts';
import { isCredential } from './parameters.ts';
import { notSent, sendValid } from './sendable.ts';
import { succeeded } from './steps.ts';

/** What is done to a parameter: it is left out, or gets another value. */
export interface ParameterChange {
  /** Tells it from others of the parameter. */
  detail: string;
  /** What is wrong with it: `no integer`. */
  bound: string;
  /** As it stands in the request; undefined leaves the parameter out. */
  value?: string;
}

/**
 * @param words the rule's id, and what is said of it
 * @param level of refusing the change
 * @param changesOf what is asked of a parameter
 */
export function parameterRule(
  words: Omit<Rule, 'cases'>,
  level: Level,
  changesOf: (parameter: Parameter) => ParameterChange[],
): Rule {
  return {
    ...words,
    cases: (contract) =>
      asked(contract).flatMap(({ operation, parameter }) =>
        changesOf(parameter).map((change) => caseOf(words.id, level, operation, parameter, change, contract)),
      ),
  };
}

/** Parameters of query, header and cookie of every operation that may be sent; credentials and keys of repeats are matters of their own. */
function asked(contract: Contract): { operation: Operation; parameter: Parameter }[] {
  if (!isPlain(contract)) return [];
  return contract.operations
    .filter((operation) => operation.method !== 'DELETE' && notSent(contract, operation) === undefined)
    .flatMap((operation) =>
      operation.parameters
        .filter(
          (parameter) =>
            parameter.in !== 'path' &&
            !isCredential(operation, parameter) &&
            operation.idempotency?.header.toLowerCase() !== parameter.name.toLowerCase(),
        )
        .map((parameter) => ({ operation, parameter })),
    );
}

function caseOf(
  rule: string,
  level: Level,
  operation: Operation,
  parameter: Parameter,
  change: ParameterChange,
  contract: Contract,
): Case {
  const { in: where, name } = parameter;
  const reads = operation.method === 'GET' || operation.method === 'HEAD';
  const what =
    change.value === undefined
      ? `without the ${where} parameter ${name}`
      : `with ${name}=${change.value} (${change.bound})`;
  return {
    id: caseId(rule, operation.id, name, change.detail === '' ? undefined : change.detail),
    level,
    title: `${operation.id} refuses a request ${what}`,
    operation: operation.id,
    field: name,
    phase: 'write',
    pointer: parameter.pointer,
    writes: reads ? [] : [`${operation.id}:${rule}:${name}:${change.detail}`],
    run: (session) => judge(session, contract, operation, parameter, change),
  };
}

async function judge(
  session: Session,
  contract: Contract,
  operation: Operation,
  parameter: Parameter,
  change: ParameterChange,
): Promise<Outcome> {
  const key = `parameters-${operation.id}`;
  const baseline = await session.once(key, () => sendValid(session, operation, key));
  if (!succeeded(baseline))
    return notTested(
      `${operation.id} answered ${String(baseline.response?.status)}${explanationOf(baseline).said} to a request that keeps the document`,
      `answers|${operation.id}`,
    );
  const exchange = await sendValid(session, operation, `${key}-${parameter.name}-${change.detail}`, {
    change: { parameter, ...(change.value === undefined ? {} : { value: change.value }) },
    record: key,
    judge: 'success',
    valid: false,
  });
  const status = exchange.response?.status ?? 0;
  const of = { of: 'parameter' as const, in: parameter.in, name: parameter.name, bound: change.bound };
  const spec = change.value === undefined ? of : { ...of, value: change.value };
  const details = { field: parameter.name, pointer: parameter.pointer, exchanges: [exchange] };
  if (isServerError(contract, exchange)) return breached(serverError(exchange, spec), { ...details, level: 'MUST' });
  if (status >= 400 && status < 500) return pass(exchange);
  if (!succeeded(exchange))
    return notTested(`${operation.id} answered ${String(status)} to a changed ${parameter.name}`);
  return breached(
    { kind: 'accepted-invalid', field: parameter.name, status, expected: ['a 4xx'], asked: spec },
    details,
  );
}
