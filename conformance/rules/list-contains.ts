import type { Contract, Operation, Resource } from '../contract/types.ts';
import type { Exchange } from '../model/index.ts';
import type { Outcome, Session, StoredRecord } from './types.ts';
import { isPlain } from './kit/law.ts';
import { breached, notTested, pass } from './kit/outcome.ts';
import { listRule, type ListPart } from './kit/list-rule.ts';
import { createdRecord, recordsOf } from './kit/steps.ts';
import { numeric } from './kit/values.ts';
import { brokenPages } from './kit/broken-pages.ts';
import { idOf, itemsOf, largestPage, page, walk, walkWith, type Walk } from './kit/walk.ts';
import { firstOfPages, isRound } from './kit/walk-pages.ts';

/** A list that takes a query may leave records out by a default of its own, which the document need not say. */
function mayLeaveOut(contract: Contract, list: Operation): boolean {
  const { pagination, paging } = list;
  const known = [pagination?.page, pagination?.size, paging?.parameter, paging?.size?.parameter];
  return (
    isPlain(contract) &&
    list.parameters.some((one) => one.in === 'query' && !known.includes(one) && !chooses.test(one.name))
  );
}

/** Names of parameters that say how records are shown, and not which. */
const chooses =
  /^(?:(?:sort|order)(?:[-_]?(?:by|dir|direction|order|field|type))?|direction|page(?:[-_[].*)?|cursor|limit|offset|fields?|expand|embed|include[-_]?(?:total|count)s?)$/i;

/** A plain document need not say that a list has pages: where it says nothing of them, a round number may be one page of several. */
function mayBeOnePage(contract: Contract, list: Operation, { items, pages }: Walk): boolean {
  return isPlain(contract) && !list.pagination && !list.paging && pages === 1 && isRound(items.length, list);
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
          return notTested(`the list returns no ${resource.idField}`, `value|${resource.idField}`);
        const { expected, lost } = lostIn(session, resource, walked);
        if (lost.length === 0) return pass(...walked.exchanges);
        if (mayBeOnePage(session.contract, list, walked)) return notTested(ONE_PAGE);
        const unwalkable = brokenPages(session, resource, walked);
        if (unwalkable) return unwalkable;
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
  const size = largestPage(list);
  const ask = (): Promise<Exchange> =>
    list.pagination
      ? page(session, resource, numeric(list.pagination.page.schema.minimum) ?? 1, size)
      : firstOfPages(session, list, Number.isFinite(size) ? size : undefined);
  const before = await ask();
  itemsOf(resource, before);
  const { record, written } = await createdRecord(session, resource, `seen-${String(round)}`);
  const holds = (items: readonly unknown[]): boolean => items.some((item) => idOf(resource, item) === record.id);
  const after = await session.eventually(ask, (exchange) => holds(itemsOf(resource, exchange)));
  if (holds(itemsOf(resource, after))) return pass(before, after);
  // In another order it stands on another page; on the first one it stands too late.
  const walked = await session.eventually(
    () => walkWith(session, resource, size),
    ({ items }) => holds(items),
  );
  if (mayBeOnePage(session.contract, list, walked)) return notTested(ONE_PAGE);
  if (walked.pages > 1 || !walked.complete) {
    const beyond = list.pagination ? size : itemsOf(resource, after).length;
    if (holds(walked.items.slice(beyond))) return pass(before, ...walked.exchanges);
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
