import type { Resource } from '../contract/types.ts';
import type { Outcome, Session } from './types.ts';
import { brokenPages, ignoredOffset, levelOfPages } from './kit/broken-pages.ts';
import { breached, notApplicable, pass } from './kit/outcome.ts';
import { listRule, type ListPart } from './kit/list-rule.ts';
import { largestPage, walk, walkWith, type Walk } from './kit/walk.ts';

/** Walking the pages gives every record exactly once, while nothing is written. */
export const listPages = listRule(
  'list-pages',
  {
    title: 'walking the pages gives every record exactly once',
    about:
      'The list is walked in pages of several sizes; no record may come twice or be left out. A walk that fails is repeated, since somebody else may be writing.',
    example: 'The last record of a page is the first of the next one.',
    sentence: 'Walking the pages gives every record exactly once while nothing is written.',
  },
  ({ resource, list }) =>
    list.pagination || (list.paging && list.paging.by !== 'size')
      ? [
          {
            title: `the pages of ${list.id} hold every record exactly once`,
            pointer: list.pagination?.page.pointer ?? list.paging?.parameter?.pointer,
            creates: 5,
            run: (session) => walkTwice(session, { resource, list }),
          },
        ]
      : [
          {
            title: `${list.id} holds no record twice`,
            run: (session) => walkTwice(session, { resource, list }),
          },
        ],
);

async function walkTwice(session: Session, part: ListPart): Promise<Outcome> {
  const first = await attempt(session, part);
  if (first.status !== 'broken') return first;
  // Another writer looks the same as a broken list.
  const before = await walk(session, part.resource);
  const after = await walkWith(session, part.resource, largestPage(part.list));
  const known = new Set(session.records.map(({ id }) => id));
  if ([...after.byId.keys()].some((id) => !before.byId.has(id) && !known.has(id)))
    return notApplicable('somebody else is writing: new records came while the list was walked');
  return attempt(session, part);
}

async function attempt(session: Session, { resource, list }: ListPart): Promise<Outcome> {
  const whole = await walk(session, resource);
  if (!list.pagination) return attemptFound(session, { resource, list }, whole);
  const count = Math.max(1, whole.items.length);
  // Three or four pages are enough to see a seam; the walk itself has them when the list is long.
  const size = Math.max(2, Math.min(largestPage(list) - 1, Math.ceil(count / 4)));
  const walked =
    whole.pages >= 3 ? await walkWith(session, resource, largestPage(list)) : await walkWith(session, resource, size);
  return judge(session, whole, walked, size);
}

/** The same for pages that were found: as long as the document lets them be, else as long as the target makes them. */
async function attemptFound(session: Session, { resource, list }: ListPart, whole: Walk): Promise<Outcome> {
  const { size } = list.paging ?? {};
  const most = largestPage(list);
  if (!size || list.paging?.by === 'size' || whole.pages >= 3)
    return judgeFound(session, resource, whole, await walkWith(session, resource, most), 0);
  const seams = Math.max(2, size.least ?? 0, Math.min(most - 1, Math.ceil(whole.items.length / 4)));
  return judgeFound(session, resource, whole, await walkWith(session, resource, seams), seams);
}

async function judgeFound(
  session: Session,
  resource: Resource,
  whole: Walk,
  walked: Walk,
  size: number,
): Promise<Outcome> {
  const { list } = resource;
  const broken = brokenPages(session, resource, walked) ?? (await ignoredOffset(session, resource, walked));
  if (broken) return broken;
  const outcome = judge(session, whole, walked, size);
  return list && outcome.status === 'broken' ? { ...outcome, level: levelOfPages(list, walked) } : outcome;
}

function judge(session: Session, whole: Walk, walked: Walk, size: number): Outcome {
  const repeated = walked.repeated[0];
  if (repeated !== undefined)
    return breached(
      { kind: 'listed-twice', size, count: walked.repeated.length, id: repeated },
      { exchanges: walked.exchanges },
    );
  // What no walk has found is list-contains' to tell; here it is what stands between two pages.
  const lost = session.records.find(({ id }) => whole.byId.has(id) && !walked.byId.has(id));
  if (walked.complete && lost)
    return breached(
      { kind: 'lost-between-pages', size, pages: walked.pages, id: lost.id },
      { exchanges: walked.exchanges },
    );
  return pass(...walked.exchanges);
}
