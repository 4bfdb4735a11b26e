/** An exchange for `--verbose`: secrets are masked in it already, and what a target says stays inert. */
import type { Exchange } from '../model/index.ts';
import { shorten, visible } from '../report/escape.ts';

const BODY = 2000;

/** @returns lines, a line feed at the end */
export function exchangeText({ id, operation, request, response, error, durationMs, attempts }: Exchange): string {
  const answer = response ? String(response.status) : `no answer (${error?.kind ?? 'other'})`;
  const tries = attempts > 1 ? `, ${String(attempts)} attempts` : '';
  const lines = [
    `#${String(id)} ${request.method} ${visible(request.url)} -> ${answer}  (${operation}, ${String(Math.round(durationMs))} ms${tries})`,
    ...bodyLine('  > ', request.body),
    ...bodyLine('  < ', response?.body ?? error?.message),
  ];
  return `${lines.join('\n')}\n`;
}

function bodyLine(mark: string, body: string | undefined): string[] {
  return body === undefined || body === '' ? [] : [`${mark}${visible(shorten(body, BODY))}`];
}
