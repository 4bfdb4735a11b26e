/** A rule whose cases look at the lists of a contract, in the quiet phase unless a case says otherwise. */
import type { Contract, Operation, Resource } from '../../contract/types.ts';
import type { Exchange, Level } from '../../model/index.ts';
import type { Case, Outcome, Rule, Session } from '../types.ts';
import { caseId } from './case-id.ts';
import { makeable } from './each.ts';
import { explanationOf } from './explanation.ts';
import { isPlain } from './law.ts';
import { breached, notTested } from './outcome.ts';
import { createdRecord, control, documentedSuccess, refused } from './steps.ts';

export interface ListPart {
  resource: Resource;
  list: Operation;
}

export interface ListCase {
  detail?: string;
  level?: Level;
  title: string;
  pointer?: string;
  field?: string;
  /** Creates to be made beforehand. */
  creates?: number;
  /** Further writes by their keys, made by `prepare` or by the case itself. */
  writes?: string[];
  phase?: Case['phase'];
  /** What else is written beforehand. */
  prepare?: (session: Session) => Promise<unknown>;
  run: (session: Session) => Promise<Outcome>;
}

/**
 * @param id the rule's id
 * @param make the cases of one list
 */
export function listRule(
  id: string,
  words: Pick<Rule, 'title' | 'about' | 'example' | 'sentence'>,
  make: (part: ListPart, contract: Contract) => ListCase[],
): Rule {
  return {
    id,
    ...words,
    profile: 'full',
    cases: (contract) =>
      makeable(contract).flatMap((resource) => {
        const { list } = resource;
        if (!list) return [];
        return make({ resource, list }, contract).map(
          ({
            detail,
            level = 'MUST',
            title,
            pointer,
            field,
            creates = 1,
            writes = [],
            phase = 'quiet',
            prepare,
            run,
          }): Case => ({
            id: caseId(id, list.id, field, detail),
            level,
            title,
            operation: list.id,
            field,
            phase,
            pointer: pointer ?? list.pointer,
            writes: resource.create
              ? [...Array.from({ length: creates }, (_, index) => `list:${String(index)}`), ...writes].map(
                  (key) => `${resource.create?.id ?? ''}:${key}`,
                )
              : [],
            prepare: async (session) => {
              await control(session, resource, 'create');
              await Promise.all(
                Array.from({ length: creates - 1 }, (_, index) =>
                  createdRecord(session, resource, `list-${String(index)}`),
                ),
              );
              await prepare?.(session);
            },
            run: async (session) => {
              // Without a record of its own a list proves nothing.
              await control(session, resource, 'create');
              return run(session);
            },
          }),
        );
      }),
  };
}

/** A list that refuses a query which the contract documents: an outcome of the case's own level, so that nothing is left untested. */
export function refusedQuery(
  contract: Contract,
  list: Operation,
  exchange: Exchange,
  asked: { name: string; value: string },
): Outcome | undefined {
  if (!refused(exchange)) return undefined;
  const status = exchange.response?.status ?? 0;
  if (isPlain(contract))
    return notTested(
      `${list.id} answered ${String(status)}${explanationOf(exchange).said} to ${asked.name}=${asked.value}`,
    );
  return breached(
    {
      kind: 'rejected-valid',
      status,
      asked: { of: 'query', ...asked },
      documented: documentedSuccess(list),
    },
    { exchanges: [exchange] },
  );
}
