import type { Exchange, Finding, Report } from '../model/index.ts';
import { shorten } from './escape.ts';
import { h, type Content, type Markup } from './markup.ts';
import { duration, thousands } from './summary.ts';

/** A page of this size still opens at once; with more exchanges only those of findings are on it, and it says where the others are. */
const MOST_CHARACTERS = 12_000_000;
const PER_FINDING = 8;
const BODY = 4000;

/** The exchanges of a page: each is written out once and linked from everywhere else. */
export interface ExchangeBook {
  /** Writes an exchange out where it is first wanted, folded; later a link to it. */
  tell: (id: number) => Markup;
  /** A link, when the exchange is on the page. */
  link: (id: number) => Markup | undefined;
  /** What nobody has told yet. */
  rest: () => Markup | undefined;
}

/** Which exchanges a finding tells. */
export function exchangesOf(finding: Finding): number[] {
  return (finding.evidence?.exchangeIds ?? []).slice(0, PER_FINDING);
}

/**
 * @param report a report; without exchanges nothing is told
 * @param findings those that are on the page
 */
export function exchangeBook(report: Report, findings: Finding[]): ExchangeBook {
  const known = new Map((report.exchanges ?? []).map((one) => [one.id, one]));
  const told = new Set<number>();
  const few = sizeOf(report.exchanges ?? []) <= MOST_CHARACTERS;
  // A finding tells its exchanges itself, so links to them are good even before it is written.
  const evidence = new Set(findings.flatMap(exchangesOf));
  const link = (id: number): Markup | undefined => {
    const exchange = known.get(id);
    if (exchange === undefined || !(few || evidence.has(id))) return undefined;
    return h`<a href="#x-${id}">#${id} ${exchange.request.method} ${answer(exchange)}</a>`;
  };
  return {
    link,
    tell: (id) => {
      const exchange = known.get(id);
      if (exchange === undefined) return h``;
      if (told.has(id)) return h`<p class="small">${link(id)} (told above)</p>`;
      told.add(id);
      return exchangeDetails(exchange);
    },
    rest: () => {
      const others = [...known.values()].filter((one) => !told.has(one.id));
      if (others.length === 0) return undefined;
      if (!few)
        return h`<p class="muted">${thousands(others.length)} more exchanges were recorded, too many for this page: run with <code>--report har=FILE</code> to keep them.</p>`;
      return h`${others.map(exchangeDetails)}`;
    },
  };
}

/** About how much of a page they take. */
function sizeOf(exchanges: readonly Exchange[]): number {
  const cut = (text: string | undefined): number => Math.min(text?.length ?? 0, BODY);
  return exchanges.reduce((sum, { request, response }) => sum + 1200 + cut(request.body) + cut(response?.body), 0);
}

function answer(exchange: Exchange): string {
  return exchange.response === undefined ? 'no answer' : String(exchange.response.status);
}

function exchangeDetails(exchange: Exchange): Markup {
  const { request, response, error } = exchange;
  const again = exchange.attempts > 1 ? `, attempt ${String(exchange.attempts)}` : '';
  return h`<details class="exchange" id="x-${exchange.id}"><summary>#${exchange.id} <code>${request.method} ${shorten(request.url, 160)}</code> → <strong>${answer(exchange)}</strong> <span class="muted">${duration(exchange.durationMs)}${again}</span></summary>
<pre>${request.method} ${shorten(request.url, BODY)}
${headers(request.headers)}${body(request.body)}</pre>
${
  response === undefined
    ? h`<p>No answer: ${error?.message ?? 'no reason was told'}</p>`
    : h`<pre>${response.status}
${headers(response.headers)}${body(response.body)}</pre>${[
        response.jsonError,
        response.bodyError,
        ...(response.oddities ?? []),
      ]
        .filter((text) => text !== undefined)
        .map((text) => h`<p class="small">${text}</p>`)}`
}</details>
`;
}

function headers(all: Record<string, string>): Content {
  return Object.entries(all).map(([name, value]) => `${name}: ${shorten(value, 500)}\n`);
}

function body(text: string | undefined): string {
  if (text === undefined || text === '') return '';
  return `\n${shorten(pretty(text), BODY)}`;
}

function pretty(text: string): string {
  if (text.length > BODY * 4) return text;
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
