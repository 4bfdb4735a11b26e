import { isObject } from '../contract/resolve.ts';
import { breached, notApplicable, pass } from './kit/outcome.ts';
import { serverError } from './kit/answers.ts';
import { listRule } from './kit/list-rule.ts';
import { unknownLike } from './kit/unknown-id.ts';
import { itemsOf, scope } from './kit/walk.ts';

/** A query parameter that filters gives the records with its value, and none for a value that no record has. */
export const listFiltersBy = listRule(
  'list-filters-by',
  {
    title: 'a list that filters gives the matching records alone',
    about: 'The list is asked for with the parameter’s value of the run’s records, and with one that no record has.',
    example: 'An unknown value of the filter gives all records.',
    sentence: 'The list holds the records that match the parameter; an unknown value gives an empty list.',
  },
  ({ resource, list }) =>
    list.parameters
      .filter((parameter) => parameter.filtersBy !== undefined)
      .flatMap((parameter) => {
        const property = parameter.filtersBy ?? '';
        return (['known', 'unknown'] as const).map((which) => ({
          field: parameter.name,
          detail: which,
          title:
            which === 'known'
              ? `${list.id} by ${parameter.name} gives records with that value alone`
              : `${list.id} by an unknown ${parameter.name} gives an empty list`,
          pointer: parameter.pointer,
          run: async (session) => {
            const own = session.fixture(property);
            if (own === undefined) return notApplicable(`the fixture ${property} has no value`);
            const value = which === 'known' ? own : unknownLike(own, session.fresh(`filter-${parameter.name}`));
            const query: [string, string][] = [
              ...scope(session, list).filter(([name]) => name !== parameter.name),
              [parameter.name, value],
            ];
            const exchange = await session.send({ operation: list, query });
            const status = exchange.response?.status ?? 0;
            if (status >= 400)
              return breached(
                status >= 500
                  ? serverError(exchange, { of: 'query', name: parameter.name, value })
                  : {
                      kind: 'wrong-status',
                      status,
                      expected: [which === 'unknown' ? 'an empty list' : 'the records that have it'],
                      asked: { of: 'query', name: parameter.name, value },
                    },
                { field: parameter.name, exchanges: [exchange] },
              );
            const items = itemsOf(resource, exchange);
            const stray =
              which === 'unknown'
                ? items[0]
                : items.find((item) => isObject(item) && item[property] !== undefined && item[property] !== value);
            if (stray === undefined) return pass(exchange);
            return breached(
              {
                kind: 'filter-ignored',
                parameter: parameter.name,
                value,
                how: which === 'unknown' ? 'none' : 'equals',
                got: isObject(stray) ? stray[property] : stray,
              },
              { field: parameter.name, exchanges: [exchange] },
            );
          },
        }));
      }),
);
