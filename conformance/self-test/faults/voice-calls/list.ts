import { losingOverlaps, repeatingIds, sharingVariable } from '../../behaviours/racing.ts';
import { changingList, changingQuery, parameter, withQuery } from '../../behaviours/listing.ts';
import { answering, changingAnswers } from '../../behaviours/answering.ts';
import { rowsOf } from '../../behaviours/row.ts';
import type { Answered, Behaviour, Fault } from '../../fault.ts';
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
  ...(['direction', 'status'] as const).map((field) =>
    should(
      `filter-by-${field.replace('_', '-')}-ignored`,
      `a filter by ${field} is ignored`,
      { operation, field, rules: ['list-filter'] },
      changingQuery((query) => query.delete(`filter[${field}]`)),
    ),
  ),
  ...(['gt', 'lt'] as const).map((operator) =>
    should(
      `filter-created-at-${operator}-ignored`,
      `a filter by created_at with ${operator} is ignored`,
      { operation, field: 'created_at', rules: ['list-filter'] },
      changingQuery((query) => query.delete(`filter[created_at][${operator}]`)),
    ),
  ),
  should(
    'filter-gives-nothing',
    'every filter gives an empty list',
    { operation, rules: ['list-filter'] },
    changingList((calls, asked) => {
      if (asked.query.includes('filter')) calls.splice(0);
    }),
  ),
  should(
    'filter-gt-means-gte',
    'a filter with gt includes the bound',
    { operation, field: 'created_at', rules: ['list-filter'] },
    changingQuery(renaming('gt', 'gte')),
  ),
  should(
    'sort-by-first-key-alone',
    'sort takes its first field and passes over the others',
    { operation, field: 'sort', rules: ['list-sort'] },
    changingQuery((query) => query.has('sort') && query.set('sort', query.get('sort')?.split(',')[0] ?? '')),
  ),
  must(
    'list-from-a-cache',
    'the list is answered from a cache of two seconds',
    { operation, rules: ['list-contains'] },
    cachedList(),
  ),
  must(
    'empty-list-without-array',
    'an empty list is left out of its answer',
    { operation, rules: ['response-body'] },
    emptyList({ success: true, data: {} }),
  ),
  must(
    'empty-list-is-null',
    'an empty list is answered as null',
    { operation, rules: ['response-body'] },
    emptyList({ success: true, data: { voice_calls: null } }),
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

function renaming(from: string, to: string): (query: URLSearchParams) => void {
  return (query) => {
    for (const [name, value] of [...query])
      if (name.endsWith(`[${from}]`)) {
        query.delete(name);
        query.set(name.replace(`[${from}]`, `[${to}]`), value);
      }
  };
}

function emptyList(body: object): Behaviour {
  return (api) =>
    changingAnswers(
      (answered, asked) => asked.operation === operation && api.listIn(answered.body)?.length === 0,
      (answered) => ({ ...answered, body }),
    )(api);
}

function cachedList(): Behaviour {
  return () => {
    const kept = new Map<string, { at: number; answered: Answered }>();
    return async (asked, next) => {
      if (asked.operation !== operation) return next(asked);
      const key = `${String(asked.headers['authorization'])} ${asked.query}`;
      const known = kept.get(key);
      if (known && Date.now() - known.at < 2000) return structuredClone(known.answered);
      const answered = await next(asked);
      kept.set(key, { at: Date.now(), answered: structuredClone(answered) });
      return answered;
    };
  };
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
