import { breached, pass } from './kit/outcome.ts';
import { listRule } from './kit/list-rule.ts';
import { outOfOrder } from './kit/order.ts';
import { itemsOf, scope } from './kit/walk.ts';

/** A list that is asked for in no order comes in its default one. */
export const listDefaultOrder = listRule(
  'list-default-order',
  {
    title: 'a list comes in its default order when none is asked for',
    about: 'The first page is asked for without sort, and held to the default order of the contract.',
    example: 'Without sort the oldest record comes first, where the default is the newest.',
    sentence: 'Without sort the list comes in its default order.',
  },
  ({ resource, list }) => {
    const order = list.sort?.default;
    if (list.sort === undefined || order === undefined) return [];
    return [
      {
        level: list.sort.level,
        title: `${list.id} without ${list.sort.parameter} comes in the order ${order}`,
        creates: 3,
        run: async (session) => {
          const exchange = await session.send({ operation: list, query: scope(session, list) });
          const wrong = outOfOrder(itemsOf(resource, exchange), order);
          if (!wrong) return pass(exchange);
          return breached({ kind: 'wrong-order', order, first: wrong[0], second: wrong[1] }, { exchanges: [exchange] });
        },
      },
    ];
  },
);
