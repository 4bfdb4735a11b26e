import { breached, notApplicable, pass } from './kit/outcome.ts';
import { listRule } from './kit/list-rule.ts';
import { itemsOf, scope, walk } from './kit/walk.ts';
import { numeric } from './kit/values.ts';

/** Without a page size a page has the default one. */
export const listDefaultSize = listRule(
  'list-default-size',
  {
    title: 'a page has its default size when none is asked for',
    about:
      'The list is asked for without page and size; a page longer than the default shows that the default does not hold.',
    example: 'Without a page size 100 records come, where the default is 25.',
    sentence: 'The default page size holds when none is asked for.',
  },
  ({ resource, list }) => {
    const { pagination } = list;
    const size = numeric(pagination?.size.schema.default);
    if (!pagination || size === undefined || size > 100) return [];
    return [
      {
        title: `${list.id} answers at most ${String(size)} records when no ${pagination.size.name} is sent`,
        pointer: pagination.size.pointer,
        creates: size + 1,
        run: async (session) => {
          const exchange = await session.send({ operation: list, query: scope(session, list) });
          const items = itemsOf(resource, exchange);
          const walked = await walk(session, resource);
          if (walked.items.length <= size)
            return notApplicable(`there are only ${String(walked.items.length)} records`);
          if (items.length === size) return pass(exchange);
          return breached(
            { kind: 'default-page-size', parameter: pagination.size.name, wanted: size, got: items.length },
            { field: pagination.size.name, exchanges: [exchange] },
          );
        },
      },
    ];
  },
);
