import { losingOverlaps, repeatingIds, sharingVariable } from '../../behaviours/racing.ts';
import { changingList, changingQuery, parameter, withQuery } from '../../behaviours/listing.ts';
import { answering } from '../../behaviours/answering.ts';
import { rowsOf } from '../../behaviours/row.ts';
import type { Behaviour, Fault } from '../../fault.ts';
import { dig } from '../../json.ts';

const { must, should } = rowsOf('voice-calls');
const POST = 'createVoiceCall';
const operation = 'listVoiceCalls';

const perPage = (value: string | undefined): number => Number(value ?? 25);

/** Pages, bounds, order and filters; and creates that overlap. */
export const list: readonly Fault[] = [
  must(
    'per-page-ignored',
    'per_page is ignored',
    { operation, field: 'per_page' },
    changingQuery((query) => query.delete('per_page')),
  ),
  must(
    'page-ignored',
    'page is ignored',
    { operation, field: 'page' },
    changingQuery((query) => within(query, 'page', 10_000) && query.delete('page')),
  ),
  must('pages-overlap', 'every page begins with the last call of the page before', { operation }, overlap()),
  must(
    'page-loses-last',
    'a full page leaves its last call out',
    { operation },
    changingList((calls, asked) => {
      if (calls.length === perPage(parameter(asked, 'per_page')) && calls.length > 1) calls.pop();
    }),
  ),
  must(
    'page-holds-one-more',
    'a page may hold one call too many',
    { operation, field: 'per_page' },
    changingQuery(
      (query) => within(query, 'per_page', 99) && query.set('per_page', String(Number(query.get('per_page')) + 1)),
    ),
  ),
  must(
    'default-per-page-ignored',
    'without per_page a page holds 100 calls',
    { operation, field: 'per_page' },
    changingQuery((query) => !query.has('per_page') && query.set('per_page', '100')),
  ),
  must(
    'per-page-100-refused',
    'per_page=100 is refused',
    { operation, field: 'per_page', rules: ['list-bounds'] },
    answering(
      (asked) => asked.operation === operation && parameter(asked, 'per_page') === '100',
      (_asked, api) => api.refusal(400, 'per_page'),
    ),
  ),
  must(
    'per-page-above-fifty-ignored',
    'a page of more than fifty holds as many as fit',
    { operation, field: 'per_page', rules: ['list-page-size'] },
    changingQuery(
      (query) => Number(query.get('per_page')) > 50 && within(query, 'per_page', 99) && query.set('per_page', '100'),
    ),
  ),
  must(
    'page-zero-accepted',
    'page 0 is taken',
    { operation, field: 'page' },
    changingQuery((query) => query.get('page') === '0' && query.set('page', '1')),
  ),
  must(
    'negative-page-accepted',
    'a page below 1 is taken',
    { operation, field: 'page' },
    changingQuery((query) => Number(query.get('page') ?? 1) < 1 && query.set('page', '1')),
  ),
  must(
    'page-above-accepted',
    'a page above 10000 is taken',
    { operation, field: 'page' },
    changingQuery((query) => Number(query.get('page')) > 10_000 && query.set('page', '10000')),
  ),
  must(
    'per-page-above-accepted',
    'per_page above 100 is taken',
    { operation, field: 'per_page' },
    changingQuery((query) => Number(query.get('per_page')) > 100 && query.set('per_page', '100')),
  ),
  must(
    'per-page-zero-accepted',
    'per_page below 1 is taken',
    { operation, field: 'per_page' },
    changingQuery((query) => Number(query.get('per_page') ?? 1) < 1 && query.set('per_page', '25')),
  ),
  must(
    'page-word-accepted',
    'a page that is no number is taken',
    { operation, field: 'page' },
    changingQuery((query) => Number.isNaN(Number(query.get('page'))) && query.delete('page')),
  ),
  must(
    'per-page-word-accepted',
    'a per_page that is no number is taken',
    { operation, field: 'per_page' },
    changingQuery((query) => Number.isNaN(Number(query.get('per_page'))) && query.delete('per_page')),
  ),
  must(
    'page-zero-answers-500',
    'page 0 answers 500',
    { operation, field: 'page' },
    (api) => (asked, next) => (parameter(asked, 'page') === '0' ? Promise.resolve(api.refusal(500)) : next(asked)),
  ),
  must(
    'list-repeats-a-call',
    'every page shows its first call twice',
    { operation },
    changingList((calls, asked) => {
      if (calls.length > 0)
        calls.splice(0, calls.length, calls[0], ...calls.slice(0, perPage(parameter(asked, 'per_page')) - 1));
    }),
  ),
  must(
    'list-hides-outbound',
    'the list leaves outbound calls out',
    { operation },
    changingList((calls) => {
      calls.splice(0, calls.length, ...calls.filter((call) => dig(call, 'direction') !== 'OUTBOUND'));
    }),
  ),
  must(
    'list-is-empty',
    'the list is always empty',
    { operation },
    changingList((calls) => {
      calls.splice(0);
    }),
  ),
  should(
    'sort-ignored',
    'sort is ignored',
    { operation, field: 'sort' },
    changingQuery((query) => query.delete('sort')),
  ),
  should(
    'default-order-is-oldest-first',
    'without sort the oldest call comes first',
    { operation, rules: ['list-default-order'] },
    changingQuery((query) => !query.has('sort') && query.set('sort', 'created_at:asc')),
  ),
  should(
    'filter-ignored',
    'filters are ignored',
    { operation, field: 'filter' },
    changingQuery((query) => [...query.keys()].forEach((name) => name.startsWith('filter[') && query.delete(name))),
  ),
  must(
    'concurrent-creates-mix',
    'creates that overlap store one source_id',
    { operation: POST, field: 'source_id' },
    sharingVariable(POST, 'source_id'),
  ),
  must(
    'concurrent-creates-share-uuid',
    'creates that overlap store one external_uuid',
    { operation: POST, field: 'external_uuid' },
    sharingVariable(POST, 'external_uuid'),
  ),
  must(
    'concurrent-creates-repeat-uid',
    'creates that overlap answer one uid',
    { operation: POST, field: 'uid' },
    repeatingIds(POST),
  ),
  must('concurrent-creates-lost', 'of creates that overlap one is stored', { operation: POST }, losingOverlaps(POST)),
];

function within(query: URLSearchParams, name: string, max: number): boolean {
  const value = Number(query.get(name) ?? NaN);
  return value >= 1 && value <= max;
}

function overlap(): Behaviour {
  return changingList(async (calls, asked, next, api) => {
    const page = Number(parameter(asked, 'page') ?? 1);
    if (page < 2 || calls.length === 0) return;
    const before = await next(withQuery(asked, (query) => query.set('page', String(page - 1))));
    const last = api.listIn(before.body)?.at(-1);
    if (calls.length === perPage(parameter(asked, 'per_page'))) calls.pop();
    calls.unshift(last);
  });
}
