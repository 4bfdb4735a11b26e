import { html } from './escape.ts';

/** HTML that may stand as it is. Only {@link h} and {@link trusted} make it. */
export interface Markup {
  readonly markup: string;
}

export type Content = Markup | string | number | undefined | readonly Content[];

/**
 * A template for HTML in which every value is escaped unless it is markup itself: to forget escaping is not possible.
 *
 * @example h`<p class="${name}">${text}</p>`
 */
export function h(strings: TemplateStringsArray, ...values: Content[]): Markup {
  let text = strings[0] ?? '';
  for (const [at, value] of values.entries()) text += markupOf(value) + (strings[at + 1] ?? '');
  return { markup: text };
}

/** Markup from a text that this package wrote itself (its style sheet, its script). Never for anything from a target. */
export function trusted(markup: string): Markup {
  return { markup };
}

function markupOf(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return html(content);
  if (typeof content === 'number') return String(content);
  if (isList(content)) return content.map(markupOf).join('');
  return content.markup;
}

function isList(content: Markup | readonly Content[]): content is readonly Content[] {
  return Array.isArray(content);
}
