import type { Exchange } from '../model/index.ts';
import type { Outcome, Rule, Session } from './types.ts';
import { breached, notApplicable, pass } from './kit/outcome.ts';
import { listRule, refusedQuery, type ListCase, type ListPart } from './kit/list-rule.ts';
import { compare, outOfOrder, runsOf, valueOf } from './kit/order.ts';
import { createdRecord, succeeded } from './kit/steps.ts';
import { firstPage, itemsOf, listedRecords, scope } from './kit/walk.ts';

/** A list that is asked for in an order comes in it. */
export const listSort: Rule = listRule(
  'list-sort',
  {
    title: 'a list comes in the order that was asked for',
    about:
      'The list is asked for in the order of the contract’s example and in its reverse, and, where the list can be sorted by a property with few values, by that one first and the example’s second.',
    example: 'Sorted by creation time, ascending, the newest comes first.',
    sentence: 'The list comes in the order that sort asks for.',
  },
  (part) => {
    const { sort } = part.list;
    if (!sort) return [];
    const [first = ''] = sort.example.split(',');
    const reverse = first.endsWith(':asc') ? first.replace(/:asc$/, ':desc') : first.replace(/:desc$/, ':asc');
    const second = secondKey(part, first);
    return [...[...new Set([sort.example, first]), reverse].map((order) => byOneKey(part, order)), ...second];
  },
);

function byOneKey({ resource, list }: ListPart, order: string): ListCase {
  const parameter = list.sort?.parameter ?? '';
  return {
    detail: order.replace(':', '-'),
    level: list.sort?.level,
    title: `${list.id} with ${parameter}=${order} comes in that order`,
    creates: 3,
    run: async (session) => {
      const exchange = await session.send({ operation: list, query: [...scope(session, list), [parameter, order]] });
      const unwilling = refusedQuery(session.contract, list, exchange, { name: parameter, value: order });
      if (unwilling) return unwilling;
      const wrong = outOfOrder(itemsOf(resource, exchange), order);
      if (!wrong) return pass(exchange);
      return breached(
        { kind: 'wrong-order', parameter, order, first: wrong[0], second: wrong[1] },
        { field: parameter, exchanges: [exchange] },
      );
    },
  };
}

/** Several keys show only where records are equal in the first one: a property with a list of values has such records. */
function secondKey(part: ListPart, example: string): ListCase[] {
  const { resource, list } = part;
  const [by = ''] = example.split(':');
  const coarse = (list.filter?.fields ?? []).find((name) =>
    resource.createFields.some(
      (field) => field.name === name && Array.isArray(field.schema.enum) && field.schema.enum.length > 1,
    ),
  );
  if (coarse === undefined) return [];
  return [
    {
      detail: 'second-key',
      level: list.sort?.level,
      title: `${list.id} sorted by ${coarse} and then by ${by} comes in that order`,
      creates: 3,
      writes: ['list-other'],
      prepare: (session) =>
        createdRecord(session, resource, 'list-other', {
          otherwise: new Set(session.otherwise.get(resource.create?.id ?? '')?.has(coarse) ? [] : [coarse]),
        }),
      run: (session) => judgeSecondKey(session, part, coarse, by),
    },
  ];
}

async function judgeSecondKey(session: Session, part: ListPart, coarse: string, by: string): Promise<Outcome> {
  const { resource, list } = part;
  const parameter = list.sort?.parameter ?? '';
  const own = await listedRecords(session, resource);
  if (new Set(own.map(({ item }) => valueOf(item, coarse))).size < 2)
    return notApplicable(`all records of the run have one ${coarse}`);
  const { query } = await firstPage(session, resource);
  const sorted = async (order: string): Promise<{ exchange: Exchange; items: unknown[] }> => {
    const exchange = await session.send({ operation: list, query: [...query, [parameter, order]], judge: 'success' });
    return { exchange, items: succeeded(exchange) ? itemsOf(resource, exchange) : [] };
  };
  const up = await sorted(`${coarse}:asc,${by}:asc`);
  const other = await sorted(`${coarse}:desc,${by}:asc`);
  // Which fields can be sorted by is open. One that is passed over gives the same order both ways.
  const [rising, falling] = [runsOf(up.items, coarse), runsOf(other.items, coarse)];
  const [lowest, highest] = [rising?.[0], falling?.[0]];
  if (!rising || !falling || !lowest || !highest || lowest.value === highest.value)
    return notApplicable(`${list.id} cannot be sorted by ${coarse}, which is open`);
  const down = await sorted(`${coarse}:asc,${by}:desc`);
  const telling = [
    { ...up, runs: rising, order: `${by}:asc`, first: 'asc' },
    { ...other, runs: falling, order: `${by}:asc`, first: 'desc' },
    { ...down, runs: runsOf(down.items, coarse) ?? [], order: `${by}:desc`, first: 'asc' },
  ];
  if (!telling.some(({ runs }) => runs.some(({ items }) => compare(valueOf(items[0], by), valueOf(items.at(-1), by)))))
    return notApplicable(`no two records of one ${coarse} differ in ${by}`);
  for (const { exchange, runs, order, first } of telling) {
    const wrong = runs.map(({ items }) => outOfOrder(items, order)).find((pair) => pair !== undefined);
    if (!wrong) continue;
    return breached(
      {
        kind: 'wrong-order',
        parameter,
        order: `${coarse}:${first},${order}`,
        within: coarse,
        first: wrong[0],
        second: wrong[1],
      },
      { field: parameter, exchanges: [exchange] },
    );
  }
  return pass(up.exchange, other.exchange, down.exchange);
}
