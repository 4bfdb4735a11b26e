import type { Session } from './types.ts';
import { at, isObject, textOf } from '../contract/resolve.ts';
import { broken, notApplicable, pass, show } from './kit/outcome.ts';
import { listRule, refusedQuery } from './kit/list-rule.ts';
import { compare } from './kit/order.ts';
import { control } from './kit/steps.ts';
import { idOf, itemsOf, scope } from './kit/walk.ts';

/** A filter leaves out what does not match, and keeps what does. */
export const listFilter = listRule(
  'list-filter',
  {
    title: 'a filter gives the matching records alone',
    about:
      'The list is filtered by values of a record that was created; every item must match and the record must be there. Ranges are asked for likewise.',
    example: 'filter[direction]=INBOUND gives outbound calls as well.',
    sentence: 'A filter gives the records that match it.',
  },
  ({ resource, list }) => {
    const { filter } = list;
    if (!filter) return [];
    return [
      ...filter.fields.map((field) => ({
        field,
        level: filter.level,
        title: `${list.id} filtered by ${field} gives the matching records alone`,
        run: async (session: Session) => {
          const { record, body } = await control(session, resource, 'create');
          const value = body[field];
          if (!record || value === undefined) return notApplicable(`${field} was not written`);
          const query: [string, string][] = [...scope(session, list), [`${filter.parameter}[${field}]`, textOf(value)]];
          const exchange = await session.send({ operation: list, query });
          const unwilling = refusedQuery(session.contract, list, exchange, `${filter.parameter}[${field}]=…`);
          if (unwilling) return unwilling;
          const items = itemsOf(resource, exchange);
          const stray = items.find((item) => isObject(item) && item[field] !== undefined && item[field] !== value);
          const unique = typeof value === 'string' && value.includes(session.fresh('control').token);
          const lost = unique && !items.some((item) => idOf(resource, item) === record.id);
          if (stray === undefined && !lost) return pass(exchange);
          return broken({
            kind: 'filter-ignored',
            cause: `filter|${list.id}`,
            message: `${list.id} was filtered by ${field} ${show(value)}, and ${lost ? 'does not tell the record that has it' : `tells a record with ${show(at(stray, `/${field}`))}`}.`,
            suggestion: `Answer the records whose ${field} equals the filter's value, and no others.`,
            exchanges: [exchange],
          });
        },
      })),
      ...filter.ranges.map((field) => ({
        field,
        detail: 'range',
        level: filter.level,
        title: `${list.id} filtered by a range of ${field} gives the records within it alone`,
        run: async (session: Session) => {
          const { record } = await control(session, resource, 'create');
          const value = isObject(record?.created) ? record.created[field] : undefined;
          if (typeof value !== 'string' && typeof value !== 'number') return notApplicable(`${field} is not told`);
          const query: [string, string][] = [
            ...scope(session, list),
            [`${filter.parameter}[${field}][gt]`, textOf(value)],
          ];
          const exchange = await session.send({ operation: list, query });
          const unwilling = refusedQuery(session.contract, list, exchange, `${filter.parameter}[${field}][gt]=…`);
          if (unwilling) return unwilling;
          const stray = itemsOf(resource, exchange).find(
            (item) => (compare(isObject(item) ? item[field] : undefined, value) ?? 1) < 0,
          );
          if (stray === undefined) return pass(exchange);
          return broken({
            kind: 'filter-ignored',
            cause: `filter|${list.id}`,
            message: `${list.id} was filtered by ${field} greater than ${show(value)}, and tells a record with ${show(at(stray, `/${field}`))}.`,
            suggestion: `Answer the records whose ${field} is greater, and no others.`,
            exchanges: [exchange],
          });
        },
      })),
    ];
  },
);
