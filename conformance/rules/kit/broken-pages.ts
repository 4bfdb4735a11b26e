/** What a walk says against the way from one page of a list to the next. */
import type { Operation, Resource } from '../../contract/types.ts';
import type { Level } from '../../model/index.ts';
import type { Outcome, Session } from '../types.ts';
import { idOf, itemsOf, scope, type Walk } from './listed.ts';
import { breached } from './outcome.ts';
import { recordsOf, succeeded } from './steps.ts';

/** @returns how much the way to the next page is worth: where the document names no parameter for it, it only is a wish */
export function levelOfPages({ pagination, paging }: Operation, { pages }: Pick<Walk, 'pages'>): Level {
  if (pagination || pages < 2) return 'MUST';
  return paging === undefined || paging.by === 'link' ? 'SHOULD' : 'MUST';
}

/**
 * @param session the run
 * @param resource whose list was walked
 * @param walked the walk
 * @returns the breach of a next page that is none, or is the one before; nothing when the walk came to its end
 */
export function brokenPages(session: Session, resource: Resource, walked: Walk): Outcome | undefined {
  const { list } = resource;
  if (!list || list.pagination) return undefined;
  const level = levelOfPages(list, { pages: 2 });
  const { broken, stuck } = walked;
  if (broken)
    return breached(
      {
        kind: 'link-broken',
        link: 'the next page',
        to: broken.to,
        status: broken.exchange.response?.status ?? 0,
        expected: '200',
        leadsTo: 'the next page',
      },
      { level, exchanges: [...walked.exchanges, broken.exchange] },
    );
  const counts = list.paging?.by === 'page' || list.paging?.by === 'offset';
  if (!stuck || (counts && !provesIgnored(session, resource, walked))) return undefined;
  return breached(
    { kind: 'page-ignored', next: stuck.asked },
    { level, exchanges: [...walked.exchanges, stuck.exchange] },
  );
}

/**
 * A list that answers an offset behind its end with what came before may mean its last page: one that begins with the very first record
 * although one is to be left out does not.
 *
 * @param walked a walk by offsets that came to no end
 */
export async function ignoredOffset(session: Session, resource: Resource, walked: Walk): Promise<Outcome | undefined> {
  const { list } = resource;
  const [first] = walked.exchanges;
  const name = list?.paging?.by === 'offset' ? list.paging.parameter?.name : undefined;
  if (!list || !first || name === undefined || !walked.stuck || walked.items.length < 2) return undefined;
  const exchange = await session.send({ operation: list, query: [[name, '1'], ...scope(session, list)] });
  if (!succeeded(exchange)) return undefined;
  const [start] = itemsOf(resource, exchange);
  if (idOf(resource, start) !== idOf(resource, walked.items[0])) return undefined;
  return breached({ kind: 'page-ignored', next: `${name}=1` }, { exchanges: [first, exchange] });
}

/** A number behind the last page may be answered with the last page: only where records are missing it was not the last. */
function provesIgnored(session: Session, resource: Resource, { stuck, pages, byId }: Walk): boolean {
  if (stuck?.full !== true || pages > 1) return false;
  return recordsOf(session, resource).some(({ id, unexpected }) => unexpected !== true && !byId.has(id));
}
