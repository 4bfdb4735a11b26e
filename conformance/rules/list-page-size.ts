import { broken, pass } from './kit/outcome.ts';
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
        return broken({
          kind: 'page-size',
          cause: `page-size|${list.id}`,
          message: `${list.id} was asked for ${pagination.size.name}=${String(size)} and answered ${String(items.length)} records${items.length === 0 ? ', though there are more' : ''}.`,
          suggestion: `Answer ${pagination.size.name} records at most, as long as there are so many.`,
          field: pagination.size.name,
          evidence: { sent: size, got: [{ where: 'number of records', got: items.length, ok: false }] },
          exchanges: [exchange],
        });
      },
    }));
  },
);
