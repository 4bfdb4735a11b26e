import { breached, notApplicable, notTested, pass } from './kit/outcome.ts';
import type { PageSize } from '../contract/types.ts';
import { explanationOf } from './kit/explanation.ts';
import { listRule, type ListCase, type ListPart } from './kit/list-rule.ts';
import { succeeded } from './kit/steps.ts';
import { itemsOf, page } from './kit/walk.ts';
import { firstOfPages } from './kit/walk-pages.ts';
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
    const { pagination, paging } = list;
    if (!pagination) return paging?.size ? foundSizes({ resource, list }, paging.size) : [];
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

/** A size that was found in the document: it is ignored when as many records come as without it, and bent when some more come. */
function foundSizes({ resource, list }: ListPart, { parameter, least = 1, most = Infinity }: PageSize): ListCase[] {
  const sizes = [least, least + 1].filter((size) => size > 0 && size <= most);
  return sizes.map((size) => ({
    detail: String(size),
    title: `a page of ${String(size)} holds at most ${String(size)}`,
    pointer: parameter.pointer,
    creates: 3,
    run: async (session) => {
      const exchange = await firstOfPages(session, list, size);
      if (!succeeded(exchange))
        return notTested(
          `${list.id} answered ${String(exchange.response?.status)}${explanationOf(exchange).said} to ${parameter.name}=${String(size)}`,
        );
      const { length } = itemsOf(resource, exchange);
      if (length === 0) return notApplicable('the page is empty');
      if (length <= size) return pass(exchange);
      const usual = await firstOfPages(session, list, undefined);
      const isIgnored = succeeded(usual) && itemsOf(resource, usual).length <= length;
      return breached(
        { kind: 'page-size', parameter: parameter.name, wanted: size, got: length },
        { ...(isIgnored ? {} : { level: 'SHOULD' as const }), field: parameter.name, exchanges: [exchange] },
      );
    },
  }));
}
