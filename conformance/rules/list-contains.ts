import type { Contract, Operation, Resource } from '../contract/types.ts';
import type { Exchange } from '../model/index.ts';
import type { Outcome, Session, StoredRecord } from './types.ts';
import { isPlain } from './kit/law.ts';
import { breached, notTested, pass } from './kit/outcome.ts';
import { listRule, type ListPart } from './kit/list-rule.ts';
import { createdRecord, recordsOf } from './kit/steps.ts';
import { numeric } from './kit/values.ts';
import { idOf, itemsOf, largestPage, page, scope, walk, walkWith, type Walk } from './kit/walk.ts';

/** A list that takes a query may leave records out by a default of its own, which the document need not say. */
function mayLeaveOut(contract: Contract, list: Operation): boolean {
  const known = [list.pagination?.page.name, list.pagination?.size.name];
  return isPlain(contract) && list.parameters.some((one) => one.in === 'query' && !known.includes(one.name));
}

/**
 * A plain document need not say that a list has pages. So many items as a page usually has, or as a parameter's default says, may be
 * one page of several.
 */
function mayBeOnePage(contract: Contract, list: Operation, count: number): boolean {
  if (!isPlain(contract) || list.pagination || count === 0) return false;
  return count % 10 === 0 || count % 25 === 0 || list.parameters.some(({ schema }) => schema.default === count);
}

const ONE_PAGE =
  'the list returned as many items as a page may have, and the document does not say how to ask for the next one';

/** Every record that was created stands in the list. */
export const listContains = listRule(
  'list-contains',
  {
    title: 'the list holds every record that was created',
    about: 'When all writing is done the list is walked, and every record of the run is looked for.',
    example: 'A call that GET answers is in no page of the list.',
    sentence: 'The list holds every record that was created.',
  },
  ({ resource, list }) => [
    {
      title: `${list.id} holds every record that the run created`,
      run: async (session) => {
        const walked = await walk(session, resource);
        if (walked.items.length > 0 && walked.items.every((item) => idOf(resource, item) === ''))
          return notTested(`the list tells no ${resource.idField}`, `value|${resource.idField}`);
        const { expected, lost } = lostIn(session, resource, walked);
        if (lost.length === 0) return pass(...walked.exchanges);
        if (mayBeOnePage(session.contract, list, walked.items.length)) return notTested(ONE_PAGE);
        if (!walked.complete)
          return notTested(
            `${String(lost.length)} records were not found within the first ${String(walked.pages)} pages, where the walk ends`,
          );
        return breached(
          {
            kind: 'not-listed',
            pages: walked.pages,
            items: walked.items.length,
            lost: lost.length,
            created: expected.length,
            id: lost[0]?.id,
          },
          {
            ...(mayLeaveOut(session.contract, list) ? { level: 'SHOULD' as const } : {}),
            exchanges: walked.exchanges,
          },
        );
      },
    },
    {
      detail: 'at-once',
      title: `${list.id} holds a new record when it was asked for just before`,
      phase: 'alone',
      writes: ['seen-0'],
      run: async (session) => {
        const first = await seenAtOnce(session, { resource, list }, 0);
        // Somebody else who writes may have moved the record while the pages were walked: not twice.
        return first.status === 'broken' ? seenAtOnce(session, { resource, list }, 1) : first;
      },
    },
  ],
);

function lostIn(
  session: Session,
  resource: Resource,
  { byId }: Walk,
): { expected: StoredRecord[]; lost: StoredRecord[] } {
  const expected = recordsOf(session, resource).filter(({ unexpected }) => unexpected !== true);
  return { expected, lost: expected.filter(({ id }) => !byId.has(id)) };
}

/** The same request before and after a create: a list that is answered from a cache answers as before. */
async function seenAtOnce(session: Session, { resource, list }: ListPart, round: number): Promise<Outcome> {
  if (round === 0 && lostIn(session, resource, await walk(session, resource)).lost.length > 0)
    return notTested('the list loses records that are older, too', `list-lost|${list.id}`);
  const size = list.pagination ? largestPage(list) : Infinity;
  const ask = (): Promise<Exchange> =>
    list.pagination
      ? page(session, resource, numeric(list.pagination.page.schema.minimum) ?? 1, size)
      : session.send({ operation: list, query: scope(session, list) });
  const before = await ask();
  itemsOf(resource, before);
  const { record, written } = await createdRecord(session, resource, `seen-${String(round)}`);
  const holds = (items: readonly unknown[]): boolean => items.some((item) => idOf(resource, item) === record.id);
  const after = await session.eventually(ask, (exchange) => holds(itemsOf(resource, exchange)));
  if (holds(itemsOf(resource, after))) return pass(before, after);
  if (mayBeOnePage(session.contract, list, itemsOf(resource, after).length)) return notTested(ONE_PAGE);
  // In another order it stands on another page; on the first one it stands too late.
  if (list.pagination) {
    const walked = await walkWith(session, resource, size);
    if (holds(walked.items.slice(size))) return pass(before, ...walked.exchanges);
    if (!walked.complete)
      return notTested(
        `the new record was not found within the first ${String(walked.pages)} pages, where the walk ends`,
      );
  }
  return breached(
    { kind: 'listed-late', create: resource.create?.id ?? 'the create', id: record.id },
    {
      ...(mayLeaveOut(session.contract, list) ? { level: 'SHOULD' as const } : {}),
      exchanges: [before, written.exchange, after],
    },
  );
}
