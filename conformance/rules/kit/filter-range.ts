/** Filters by a range: `filter[field][gt]=bound` and `[lt]`, and what stands at the bound itself. */
import { textOf } from '../../contract/resolve.ts';
import type { Exchange } from '../../model/index.ts';
import type { Outcome, Session } from '../types.ts';
import { instant, tellsFractions } from './equality.ts';
import { refusedQuery, type ListCase, type ListPart } from './list-rule.ts';
import { compare, valueOf } from './order.ts';
import { breached, notApplicable, pass } from './outcome.ts';
import { succeeded } from './steps.ts';
import { firstPage, idOf, itemsOf, listedRecords } from './walk.ts';

type Operator = 'gt' | 'lt';

/** Far enough that no record of a run lies beyond it. */
const AN_HOUR_MS = 3_600_000;

/**
 * @param part the list
 * @param field the property whose range is asked for
 * @returns the cases: above a bound, below one, and at it
 */
export function filterRange(part: ListPart, field: string): ListCase[] {
  const { list } = part;
  const level = list.filter?.level;
  const one = (detail: string, title: string, run: ListCase['run']): ListCase => ({
    field,
    detail,
    level,
    title: `${list.id} ${title}`,
    creates: 3,
    run,
  });
  return [
    one('range', `filtered by a range of ${field} gives the records within it alone`, (session) =>
      judgeRange(session, part, field, 'gt'),
    ),
    one('range-below', `filtered by a range that ends at a ${field} gives the records within it alone`, (session) =>
      judgeRange(session, part, field, 'lt'),
    ),
    one('range-bound', `filtered by a ${field} beyond a bound leaves out the record at the bound`, (session) =>
      judgeBound(session, part, field),
    ),
  ];
}

interface Asked {
  bound: string | number;
  /** Whether the bound is a value of a record, and none that was made up. */
  told: boolean;
  exchange: Exchange;
  items: unknown[];
  /** Items on the wrong side of the bound. */
  stray?: unknown;
  /** A record of the run that lies within the range and is not there. */
  lost?: { id: string; item: unknown };
}

/** One request for each operator, shared by all cases; undefined when the list does not tell the property. */
function ask(session: Session, part: ListPart, field: string, operator: Operator): Promise<Asked | undefined> {
  return session.once(`range:${part.list.id}:${field}:${operator}`, async () => {
    const { resource, list } = part;
    const own = (await listedRecords(session, resource)).filter(({ item }) => isBound(valueOf(item, field)));
    const { query, size } = await firstPage(session, resource);
    const found = boundOf(
      own.map(({ item }) => valueOf(item, field)),
      operator,
    );
    if (!found) return undefined;
    const { bound, told } = found;
    const beyond = (item: unknown): number =>
      (compare(valueOf(item, field), bound) ?? 0) * (operator === 'gt' ? 1 : -1);
    // What a record is last changed at moves on by itself; what it was made at does not.
    const steady =
      operator === 'gt' || resource.recordFields.some(({ name, immutable }) => name === field && immutable);
    return session.eventually(
      async (): Promise<Asked> => {
        const exchange = await session.send({
          operation: list,
          query: [...query, [`${list.filter?.parameter ?? ''}[${field}][${operator}]`, textOf(bound)]],
        });
        if (!succeeded(exchange)) return { bound, told, exchange, items: [] };
        const items = itemsOf(resource, exchange);
        const ids = new Set(items.map((item) => idOf(resource, item)));
        return {
          bound,
          told,
          exchange,
          items,
          stray: items.find((item) => beyond(item) < 0),
          lost:
            steady && items.length < size ? own.find(({ id, item }) => beyond(item) > 0 && !ids.has(id)) : undefined,
        };
      },
      ({ stray, lost }) => stray === undefined && lost === undefined,
    );
  });
}

/** Numbers and instants have one order; texts have several. */
function isBound(value: unknown): value is string | number {
  return typeof value === 'number' || instant(value) !== undefined;
}

/** A bound with records on both sides, or at least with all of them on the side that has to be left out. */
function boundOf(
  values: readonly unknown[],
  operator: Operator,
): { bound: string | number; told: boolean } | undefined {
  const sorted = values.filter(isBound).sort((a, b) => compare(a, b) ?? 0);
  const distinct = sorted.filter((value, index) => index === 0 || compare(value, sorted[index - 1]) !== 0);
  const [only] = distinct;
  if (only === undefined) return undefined;
  if (distinct.length > 1) {
    const index = operator === 'gt' ? Math.ceil((distinct.length - 1) / 2) : Math.floor((distinct.length - 1) / 2);
    return { bound: distinct[index] ?? only, told: true };
  }
  const step = operator === 'gt' ? 1 : -1;
  const bound =
    typeof only === 'number' ? only + step : new Date((instant(only) ?? 0) + step * AN_HOUR_MS).toISOString();
  return { bound, told: false };
}

async function judgeRange(session: Session, part: ListPart, field: string, operator: Operator): Promise<Outcome> {
  const { list } = part;
  const asked = await ask(session, part, field, operator);
  if (!asked) return notApplicable(`no record of the run is listed with a number or an instant as ${field}`);
  const { bound, exchange, stray, lost } = asked;
  const name = `${list.filter?.parameter ?? ''}[${field}][${operator}]`;
  const unwilling = refusedQuery(session.contract, list, exchange, { name, value: textOf(bound) });
  if (unwilling) return unwilling;
  if (stray === undefined && lost === undefined) return pass(exchange);
  return breached(
    {
      kind: 'filter-ignored',
      parameter: field,
      value: bound,
      how: operator === 'gt' ? 'greater' : 'less',
      ...(stray === undefined && lost
        ? { lost: { id: lost.id, has: valueOf(lost.item, field) } }
        : { got: valueOf(stray, field) }),
    },
    { exchanges: [exchange] },
  );
}

async function judgeBound(session: Session, part: ListPart, field: string): Promise<Outcome> {
  const exchanges: Exchange[] = [];
  for (const operator of ['gt', 'lt'] as const) {
    const asked = await ask(session, part, field, operator);
    // A time that is told in whole seconds may be stored finer: then the record does lie beyond its own told value.
    if (!asked?.told || (typeof asked.bound === 'string' && !tellsFractions(asked.bound))) continue;
    const { bound, exchange, items, stray } = asked;
    // Where the range leaves nothing out, the bound is the least of it.
    if (!succeeded(exchange) || stray !== undefined) continue;
    exchanges.push(exchange);
    const at = items.find((item) => compare(valueOf(item, field), bound) === 0);
    if (at === undefined) continue;
    return breached(
      {
        kind: 'bound-included',
        parameter: field,
        how: operator === 'gt' ? 'greater' : 'less',
        bound,
        got: valueOf(at, field),
      },
      // An instant may still be stored finer than it is returned, which nobody can see from outside.
      { level: typeof bound === 'string' ? 'SHOULD' : undefined, field, exchanges: [exchange] },
    );
  }
  return exchanges.length > 0
    ? pass(...exchanges)
    : notApplicable(`no record of the run is listed with a ${field} that could be the bound`);
}
