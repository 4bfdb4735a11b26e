/** A target whose token is replaced while a run goes on: one that has expired is no reason to refuse anything. */
import { createMasker } from './mask.ts';
import { maskExchange } from './mask-exchange.ts';
import type { RequestSpec, Target } from './types.ts';

/** Where tokens come from. */
export interface TokenSource {
  /** The first one: what the run puts into its requests. */
  readonly first: string;
  /** The one that is good now. */
  current: () => Promise<string>;
  /** Another one in place of one that was refused; undefined when none is to be had. */
  renew: (stale: string) => Promise<string | undefined>;
  /** All that were ever fetched. */
  all: () => readonly string[];
}

/** So many tokens in a row that are refused like the one before, and it is not the token that is wrong. */
const FRUITLESS = 3;

/**
 * @param target what carries the requests
 * @param tokens where tokens come from
 * @returns the same target; a request with the run's token goes out with the one that is good now, and once more with a new one when it
 *   is answered with 401 (RFC 6750 section 3.1, `invalid_token`)
 */
export function renewingTarget(target: Target, tokens: TokenSource): Target {
  let fruitless = 0;
  const mask = (text: string): string => createMasker(tokens.all()).text(target.mask(text));
  const send = async (spec: RequestSpec): ReturnType<Target['send']> => {
    if (!carries(spec, tokens.first)) return target.send(spec);
    const token = await tokens.current();
    const exchange = hidden(await target.send(withToken(spec, token)), mask);
    if (exchange.response?.status !== 401 || fruitless >= FRUITLESS) return exchange;
    const other = await tokens.renew(token);
    if (other === undefined) return exchange;
    const again = hidden(await target.send(withToken(spec, other)), mask);
    fruitless = again.response?.status === 401 ? fruitless + 1 : 0;
    return again;
  };
  return {
    send,
    get requests() {
      return target.requests;
    },
    dead: () => target.dead(),
    close: () => target.close(),
    mask,
  };
}

function bearer(token: string): string {
  return `Bearer ${token}`;
}

function carries({ headers = {} }: RequestSpec, token: string): boolean {
  return Object.values(headers).includes(bearer(token));
}

function withToken(spec: RequestSpec, token: string): RequestSpec {
  const headers = Object.entries(spec.headers ?? {}).map(([name, value]) => [
    name,
    value.startsWith('Bearer ') ? bearer(token) : value,
  ]);
  return { ...spec, headers: Object.fromEntries(headers) as Record<string, string> };
}

/** What was sent is kept without the token; the answer is judged as it came, and masked where it is shown. */
function hidden<T extends Awaited<ReturnType<Target['send']>>>(exchange: T, mask: (text: string) => string): T {
  return { ...exchange, request: maskExchange(exchange, mask).request };
}
