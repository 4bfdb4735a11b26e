import type { Exchange, Report } from '../model/index.ts';
import { jsonSafe } from './escape.ts';
import { fixtureFact } from './summary.ts';

/**
 * HAR 1.2 of the recorded exchanges; opens in a browser's network panel.
 *
 * @param report a report with `exchanges`; without them the log is valid and empty
 * @returns JSON text
 */
export function render(report: Report): string {
  const startedAt = Date.parse(report.startedAt);
  const log = {
    version: '1.2',
    creator: { name: report.tool.name, version: report.tool.version },
    pages: [],
    entries: (report.exchanges ?? []).map((exchange) => entry(exchange, startedAt)),
    comment: [
      `${report.contract.name} ${report.contract.version} against ${report.target.url}: ${report.verdict}`,
      ...report.fixtures.map(fixtureFact),
    ].join('; '),
  };
  return `${jsonSafe(JSON.stringify({ log }, undefined, 2))}\n`;
}

function entry(exchange: Exchange, startedAt: number): object {
  const at = Number.isNaN(startedAt) ? 0 : startedAt;
  return {
    startedDateTime: new Date(at + exchange.startedAtMs).toISOString(),
    time: exchange.durationMs,
    request: request(exchange),
    response: response(exchange),
    cache: {},
    // Only the whole is measured; HAR wants the three parts, and -1 only where it allows it.
    timings: { blocked: -1, dns: -1, connect: -1, send: 0, wait: exchange.durationMs, receive: 0, ssl: -1 },
    comment: `#${String(exchange.id)} ${exchange.operation}${exchange.attempts > 1 ? ` (attempt ${String(exchange.attempts)})` : ''}`,
  };
}

function request({ request: sent }: Exchange): object {
  return {
    method: sent.method,
    url: sent.url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headers(sent.headers),
    queryString: query(sent.url),
    ...(sent.body === undefined
      ? {}
      : {
          postData: {
            mimeType: headerOf(sent.headers, 'content-type') ?? 'application/octet-stream',
            params: [],
            text: sent.body,
            ...(sent.bodyBase64 === undefined ? {} : { comment: `no UTF-8; in Base64: ${sent.bodyBase64}` }),
          },
        }),
    headersSize: -1,
    bodySize: sent.body === undefined ? 0 : byteLength(sent.body),
  };
}

function response({ response: received, error }: Exchange): object {
  // A request without an answer has the status 0, as browsers write it.
  const comment = received === undefined ? `no answer: ${error?.message ?? 'unknown reason'}` : received.bodyError;
  const body = received?.body ?? '';
  return {
    status: received?.status ?? 0,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headers(received?.headers ?? {}),
    content: {
      size: byteLength(body),
      mimeType: headerOf(received?.headers ?? {}, 'content-type') ?? 'x-unknown',
      text: body,
    },
    redirectURL: headerOf(received?.headers ?? {}, 'location') ?? '',
    headersSize: -1,
    bodySize: -1,
    ...(comment === undefined ? {} : { comment }),
    ...(error === undefined ? {} : { _error: `${error.kind}: ${error.message}` }),
  };
}

function headers(all: Record<string, string>): { name: string; value: string }[] {
  return Object.entries(all).map(([name, value]) => ({ name, value }));
}

function headerOf(all: Record<string, string>, name: string): string | undefined {
  return Object.entries(all).find(([key]) => key.toLowerCase() === name)?.[1];
}

function query(url: string): { name: string; value: string }[] {
  try {
    return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
  } catch {
    return [];
  }
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
