import type { Store } from '../store.ts';
import { sortedBy, type ListQuery } from './query.ts';
import type { VoiceCall } from './view.ts';

/**
 * One page of the list. Without a filter and in the default order (last changed first) it costs what the page holds;
 * only a filter scans, and only a sort by a field sorts.
 * @param store where the calls are
 * @param query what is asked for
 * @returns the calls of that page
 */
export function listPage(store: Store<VoiceCall>, query: ListQuery): VoiceCall[] {
  const from = (query.page - 1) * query.perPage;
  if (query.sort.length > 0) return sorted(store, query).slice(from, from + query.perPage);
  if (query.filters.length === 0) return take(store.lastChangedFirst(from), 0, query.perPage);
  return take(matching(store.lastChangedFirst(), query), from, query.perPage);
}

function sorted(store: Store<VoiceCall>, query: ListQuery): VoiceCall[] {
  // From the default order, so that calls that the keys do not tell apart have a stable order.
  return sortedBy(matching(store.lastChangedFirst(), query), query.sort);
}

function* matching(calls: Iterable<VoiceCall>, query: ListQuery): Generator<VoiceCall> {
  for (const call of calls) {
    if (query.filters.every((filter) => filter(call))) yield call;
  }
}

function take(calls: Iterable<VoiceCall>, skip: number, count: number): VoiceCall[] {
  const page: VoiceCall[] = [];
  let index = 0;
  for (const call of calls) {
    if (index >= skip) page.push(call);
    index += 1;
    if (page.length === count) break;
  }
  return page;
}
