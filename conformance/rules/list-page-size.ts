import { breached, pass } from './kit/outcome.ts';
import { listRule } from './kit/list-rule.ts';
import { itemsOf, page } from './kit/walk.ts';
import { numeric } from './kit/values.ts';

/** A page holds no more records than were asked for. */
export const listPageSize = listRule(
  'list-page-size',
  {
    title: 'a page holds no more records than asked for',
    about: 'Pages of one and of two records are asked for when more records exist.',
    example: 'A page of 1 record is asked for, and 25 come.',
    sentence: 'The page size bounds the length of a page.',
  },
  ({ resource, list }) => {
    const { pagination } = list;
    if (!pagination) return [];
    const least = numeric(pagination.size.schema.minimum) ?? 1;
    const most = numeric(pagination.size.schema.maximum) ?? 0;
    // Small ones, and one that a run's own records overflow.
    const sizes = [least, least + 1, Math.floor(most * 0.6)].filter((size, index) => index < 2 || size > least + 1);
    return sizes.map((size) => ({
      detail: String(size),
      title: `a page of ${String(size)} holds at most ${String(size)}`,
      pointer: pagination.size.pointer,
      creates: 3,
      run: async (session) => {
        const exchange = await page(session, resource, numeric(pagination.page.schema.minimum) ?? 1, size);
        const items = itemsOf(resource, exchange);
        if (items.length <= size && items.length > 0) return pass(exchange);
        return breached(
          { kind: 'page-size', parameter: pagination.size.name, wanted: size, got: items.length },
          { field: pagination.size.name, exchanges: [exchange] },
        );
      },
    }));
  },
);
