import { createHash } from 'node:crypto';
import { isSuccess, recordsSeen } from '../behaviours/altering.ts';
import { changingAnswers } from '../behaviours/answering.ts';
import { changingList, changingQuery, isList, parameter, removeFromList, withQuery } from '../behaviours/listing.ts';
import type { Answered, Api, Asked, Behaviour, JsonObject, Variant } from '../fault.ts';
import { become, isObject } from '../json.ts';
import { each, everyContract } from './row.ts';

const LATE_MS = 150;

/** Order, earlier records, and records that are seen late. */
export const lists: readonly Variant[] = [
  ...each(
    ['voice-calls', 'aicaller'],
    'list-shuffled',
    'without a sort the list has an order of its own, which is stable',
    shuffled(),
  ),
  ...each(
    ['voice-calls'],
    'list-oldest-first',
    'without a sort the list begins with the oldest call',
    (api) => (asked, next) =>
      next(
        isList(api, asked) && parameter(asked, 'sort') === undefined
          ? withQuery(asked, (query) => query.set('sort', 'created_at:asc'))
          : asked,
      ),
  ),
  ...each(
    ['voice-calls'],
    'filter-without-case',
    'a filter by external_uuid passes over letter case',
    changingList((calls, asked) => {
      const first = calls[0];
      if (isObject(first) && parameter(asked, 'filter[external_uuid]') !== undefined)
        calls.push({ ...first, uid: 'another-call', external_uuid: String(first['external_uuid']).toUpperCase() });
    }),
  ),
  ...each(['voice-calls'], 'past-the-end-404', 'a page past the end answers 404', pastTheEnd(404)),
  ...each(['voice-calls'], 'past-the-end-204', 'a page past the end answers 204', pastTheEnd(204)),
  ...each(
    ['voice-calls'],
    'sort-by-time-alone',
    'the list can be sorted by its times alone; another field is passed over',
    changingQuery((query) => {
      const keys = (query.get('sort') ?? '').split(',').filter((key) => /^(created|updated)_at/.test(key));
      if (keys.length > 0) query.set('sort', keys.join(','));
      else query.delete('sort');
    }),
  ),
  ...each(['voice-calls', 'aicaller'], 'others-write', 'another client creates records all the time', othersWrite()),
  ...each(
    everyContract,
    'earlier-records',
    '5,000 records are there before the first request',
    () => (asked, next) => next(asked),
    { earlierRecords: 5000 },
  ),
  ...each(everyContract, 'late', 'reads see a write 150 ms late', late(), { consistencySeconds: 2 }),
];

function pastTheEnd(status: 204 | 404): Behaviour {
  return (api) =>
    changingAnswers(
      (answered, asked) => Number(parameter(asked, 'page') ?? 1) > 1 && api.listIn(answered.body)?.length === 0,
      (answered) => (status === 204 ? { ...answered, status, headers: {}, body: undefined } : api.refusal(status)),
    )(api);
}

/** Every seventh create of the run is followed by one of somebody else. */
function othersWrite(): Behaviour {
  return (api) => {
    let count = 0;
    return async (asked, next) => {
      const answered = await next(asked);
      if (asked.operation === undefined || api.ways[asked.operation] !== 'create' || !isSuccess(answered))
        return answered;
      count += 1;
      if (count % 7 === 0) await next({ ...asked, body: api.samples, raw: undefined });
      return answered;
    };
  };
}

function shuffled(): Behaviour {
  return (api) => async (asked, next) => {
    if (!isList(api, asked) || parameter(asked, 'sort') !== undefined) return next(asked);
    const answered = await next(asked);
    const list = isSuccess(answered) ? api.listIn(answered.body) : undefined;
    if (list === undefined) return answered;
    const everything = await whole(api, asked, next, list);
    const place = (record: unknown): string =>
      createHash('sha1')
        .update(String((record as JsonObject)[api.idProperty]))
        .digest('hex');
    const ordered = everything
      .map((record) => [place(record), record] as const)
      .sort(([left], [right]) => (left < right ? -1 : 1));
    const size = api.contract === 'voice-calls' ? Number(parameter(asked, 'per_page') ?? 25) : ordered.length;
    const from = (Number(parameter(asked, 'page') ?? 1) - 1) * size;
    list.splice(0, list.length, ...ordered.slice(from, from + size).map(([, record]) => record));
    return answered;
  };
}

/** All records of a list, whatever page was asked for. */
async function whole(
  api: Api,
  asked: Asked,
  next: (asked: Asked) => Promise<Answered>,
  list: unknown[],
): Promise<unknown[]> {
  if (api.contract !== 'voice-calls') return list;
  const all: unknown[] = [];
  for (let page = 1; ; page += 1) {
    const answered = await next(
      withQuery(asked, (query) => {
        query.set('per_page', '100');
        query.set('page', String(page));
      }),
    );
    const found = api.listIn(answered.body) ?? [];
    all.push(...found);
    if (found.length < 100) return all;
  }
}

interface Written {
  readonly at: number;
  /** The record as it was before, or undefined when it was not there. */
  readonly before: JsonObject | undefined;
  readonly now: JsonObject;
}

function late(): Behaviour {
  return (api) => {
    const written = new Map<string, Written>();
    /** What readers see of a record at this moment: it, an earlier state, or nothing (`null`). */
    const seen = (id: string): JsonObject | null | undefined => {
      const last = written.get(id);
      if (last === undefined || Date.now() - last.at >= LATE_MS) return undefined;
      return last.before ?? null;
    };
    return async (asked, next) => {
      if (asked.method === 'GET' && asked.id !== undefined && seen(asked.id) === null) return api.refusal(404);
      const answered = await next(asked);
      removeFromList(api, asked, answered, (id) => seen(id) === null);
      for (const { record, id, way } of recordsSeen(api, asked, answered)) {
        if (way === 'create' || way === 'update') {
          const last = written.get(id);
          const visible = last === undefined || Date.now() - last.at >= LATE_MS ? last?.now : last.before;
          written.set(id, { at: Date.now(), before: visible, now: structuredClone(record) });
        } else {
          const before = seen(id);
          if (before !== null && before !== undefined) become(record, before);
        }
      }
      return answered;
    };
  };
}
