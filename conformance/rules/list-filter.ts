import type { Outcome, Rule, Session } from './types.ts';
import { textOf } from '../contract/resolve.ts';
import { isEqual } from './kit/equality.ts';
import { filterRange } from './kit/filter-range.ts';
import { breached, notApplicable, notTested, pass, show } from './kit/outcome.ts';
import { listRule, refusedQuery, type ListCase, type ListPart } from './kit/list-rule.ts';
import { compare, valueOf } from './kit/order.ts';
import { createdRecord, succeeded } from './kit/steps.ts';
import { firstPage, idOf, itemsOf, listedRecords } from './kit/walk.ts';

/** A filter leaves out what does not match, and keeps what does. */
export const listFilter: Rule = listRule(
  'list-filter',
  {
    title: 'a filter gives the matching records alone',
    about:
      'The list is filtered by values and bounds that split the records at hand: without the filter the same page shows records that do not match. Every item must match, and the records of the run that match must be there.',
    example: 'filter[direction]=INBOUND gives outbound calls as well.',
    sentence: 'A filter gives the records that match it.',
  },
  (part) => {
    const { filter } = part.list;
    if (!filter) return [];
    return [
      ...filter.fields.map((field) => fieldCase(part, field)),
      ...filter.ranges.flatMap((field) => filterRange(part, field)),
    ];
  },
);

function fieldCase(part: ListPart, field: string): ListCase {
  const { list } = part;
  return {
    field,
    level: list.filter?.level,
    title: `${list.id} filtered by ${field} gives the matching records alone`,
    writes: ['list-other'],
    prepare: (session) => otherRecord(session, part),
    run: (session) => filterBy(session, part, field),
  };
}

/** A record whose values of lists differ from the usual ones: without it all records could look alike. */
async function otherRecord(session: Session, { resource, list }: ListPart): Promise<void> {
  const usual = session.otherwise.get(resource.create?.id ?? '') ?? new Set();
  const fields = (list.filter?.fields ?? []).filter((field) => !usual.has(field));
  await createdRecord(session, resource, 'list-other', { otherwise: new Set(fields) });
}

async function filterBy(session: Session, { resource, list }: ListPart, field: string): Promise<Outcome> {
  const parameter = list.filter?.parameter ?? '';
  const own = await listedRecords(session, resource);
  const unfiltered = await firstPage(session, resource);
  const told = own.map(({ item }) => valueOf(item, field)).filter(isPlain);
  if (told.length === 0) return notApplicable(`no record of the run is listed with ${field}`);
  // A target that ignores the filter answers the same page as without it.
  const value = told.find((candidate) => unfiltered.items.some((item) => isStray(valueOf(item, field), candidate)));
  if (value === undefined)
    return notTested(`all records at hand have the ${field} ${show(told[0])}: no value tells a filter from none`);
  const settled = await session.eventually(
    async () => {
      const exchange = await session.send({
        operation: list,
        query: [...unfiltered.query, [`${parameter}[${field}]`, textOf(value)]],
      });
      if (!succeeded(exchange)) return { exchange, stray: undefined, lost: undefined };
      const items = itemsOf(resource, exchange);
      const ids = new Set(items.map((item) => idOf(resource, item)));
      // A page that is full may have its match on the next one; and what moves on by itself may match no more.
      const steady = [...resource.createFields, ...resource.updateFields].some(
        ({ name, roundTrip }) => name === field && roundTrip?.ways.includes('list'),
      );
      const whole = items.length < unfiltered.size && steady;
      return {
        exchange,
        stray: items.find((item) => isStray(valueOf(item, field), value)),
        lost: whole ? own.find(({ id, item }) => valueOf(item, field) === value && !ids.has(id)) : undefined,
      };
    },
    ({ stray, lost }) => stray === undefined && lost === undefined,
  );
  const { exchange, stray, lost } = settled;
  const unwilling = refusedQuery(session.contract, list, exchange, {
    name: `${parameter}[${field}]`,
    value: textOf(value),
  });
  if (unwilling) return unwilling;
  if (stray === undefined && lost === undefined) return pass(exchange);
  return breached(
    {
      kind: 'filter-ignored',
      parameter: field,
      value,
      how: 'equals',
      ...(stray === undefined && lost ? { lost: { id: lost.id, has: value } } : { got: valueOf(stray, field) }),
    },
    { exchanges: [exchange] },
  );
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** Whether a filter by a value should have left another one out; letter case is a matter of a database's collation. */
function isStray(got: unknown, wanted: string | number | boolean): boolean {
  if (got === undefined || got === null) return false;
  if (typeof got === 'string' && typeof wanted === 'string' && got.toLowerCase() === wanted.toLowerCase()) return false;
  return got !== wanted && compare(got, wanted) !== 0 && !isEqual(wanted, got, 'decimal');
}
