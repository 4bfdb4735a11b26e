import { isObject } from '../contract/resolve.ts';
import { broken, notApplicable, pass, show } from './kit/outcome.ts';
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
              return broken({
                kind: status >= 500 ? 'server-error' : 'wrong-status',
                cause: status >= 500 ? `server-error|${list.id}` : `filter|${list.id}`,
                message: `${list.id} answered ${String(status)} to ${parameter.name}=${show(value)}; the contract wants ${which === 'unknown' ? 'an empty list' : 'the records that have it'}.`,
                suggestion: 'Answer an empty list when no record matches.',
                field: parameter.name,
                exchanges: [exchange],
              });
            const items = itemsOf(resource, exchange);
            const stray =
              which === 'unknown'
                ? items[0]
                : items.find((item) => isObject(item) && item[property] !== undefined && item[property] !== value);
            if (stray === undefined) return pass(exchange);
            return broken({
              kind: 'filter-ignored',
              cause: `filter|${list.id}`,
              message: `${list.id} was asked for ${parameter.name}=${show(value)}${which === 'unknown' ? ', which no record has,' : ''} and tells ${String(items.length)} records, one with ${show(isObject(stray) ? stray[property] : stray)}.`,
              suggestion: `Answer the records whose ${property} equals ${parameter.name}, and no others.`,
              field: parameter.name,
              evidence: {
                sent: value,
                got: [{ where: 'list', got: isObject(stray) ? stray[property] : stray, ok: false }],
              },
              exchanges: [exchange],
            });
          },
        }));
      }),
);
