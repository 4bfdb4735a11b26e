import { broken, pass, show } from './kit/outcome.ts';
import { listRule, refusedQuery } from './kit/list-rule.ts';
import { outOfOrder } from './kit/order.ts';
import { itemsOf, scope } from './kit/walk.ts';

/** A list that is asked for in an order comes in it. */
export const listSort = listRule(
  'list-sort',
  {
    title: 'a list comes in the order that was asked for',
    about: 'The list is asked for in the order of the contract’s example and in its reverse.',
    example: 'Sorted by creation time, ascending, the newest comes first.',
    sentence: 'The list comes in the order that sort asks for.',
  },
  ({ resource, list }) => {
    const { sort } = list;
    if (!sort) return [];
    const reverse = sort.example.endsWith(':asc')
      ? sort.example.replace(/:asc$/, ':desc')
      : sort.example.replace(/:desc$/, ':asc');
    return [sort.example, reverse].map((order) => ({
      detail: order.replace(':', '-'),
      level: sort.level,
      title: `${list.id} with ${sort.parameter}=${order} comes in that order`,
      creates: 3,
      run: async (session) => {
        const exchange = await session.send({
          operation: list,
          query: [...scope(session, list), [sort.parameter, order]],
        });
        const unwilling = refusedQuery(session.contract, list, exchange, `${sort.parameter}=${order}`);
        if (unwilling) return unwilling;
        const wrong = outOfOrder(itemsOf(resource, exchange), order);
        if (!wrong) return pass(exchange);
        return broken({
          kind: 'wrong-order',
          cause: `sort|${list.id}`,
          message: `${list.id} was asked for ${sort.parameter}=${order}, and ${show(wrong[0])} stands before ${show(wrong[1])}.`,
          suggestion: `Order the list as ${sort.parameter} says.`,
          field: sort.parameter,
          exchanges: [exchange],
        });
      },
    }));
  },
);
