/** Writes an exchange as a curl command that can be pasted; the token stands as `$RINGTRUE_TOKEN`. */
import type { Exchange } from '../model/index.ts';

/** Headers that curl sets itself, or that tell nothing. */
const own = new Set(['host', 'content-length', 'connection', 'accept-encoding', 'user-agent', 'accept']);

/**
 * @param exchange what was sent
 * @returns one line for a POSIX shell
 */
export function curlOf(exchange: Exchange): string {
  const { method, url, headers, body } = exchange.request;
  const words = ['curl', '-sS', ...(method === 'GET' ? [] : ['-X', method]), quote(url)];
  for (const [name, value] of Object.entries(headers)) {
    if (own.has(name.toLowerCase())) continue;
    words.push(
      '-H',
      value.includes('***')
        ? `"${name}: ${value.replaceAll('***', '$RINGTRUE_TOKEN').replaceAll('"', '\\"')}"`
        : quote(`${name}: ${value}`),
    );
  }
  if (body !== undefined) words.push('--data-raw', quote(body.length > 4000 ? `${body.slice(0, 4000)}…` : body));
  return words.join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
