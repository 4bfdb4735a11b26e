/** What reports want to know of requests beyond the exchange: whose token one carried, and which of each operation succeeded. */
import type { Contract } from '../contract/types.ts';
import type { Exchange, VerifiedRequest } from '../model/index.ts';
import type { Target } from '../target/index.ts';

export interface Followed {
  /** Sends through the target that was given. */
  target: Target;
  /** The role whose token an exchange carried; nothing for the run's own. */
  roleOf: (exchange: Exchange) => string | undefined;
  /**
   * @param writes valid writes that succeeded, by operation, each with the URL that it went to
   * @returns these with the path of that URL, and a read of each operation that was answered with success
   */
  verified: (writes: ReadonlyMap<string, VerifiedRequest>) => VerifiedRequest[];
}

/**
 * @param contract the contract
 * @param target where requests go
 * @param options the tokens: in an exchange they are masked already
 */
export function followRequests(
  contract: Contract,
  target: Target,
  options: { token?: string; roleTokens: Readonly<Record<string, string>>; target: { url: string } },
): Followed {
  const roles = Object.entries(options.roleTokens).filter(([, token]) => token !== '' && token !== options.token);
  /** By the exchange's id: what is kept of an exchange may be a copy. */
  const bearers = new Map<number, string>();
  const reads = new Map<string, VerifiedRequest>();
  const send: Target['send'] = async (spec) => {
    const exchange = await target.send(spec);
    const secrets = [...Object.values(spec.headers ?? {}), spec.path].join('\n');
    const role = roles.find(([, token]) => secrets.includes(token) || secrets.includes(encodeURIComponent(token)));
    if (role) bearers.set(exchange.id, role[0]);
    const status = exchange.response?.status ?? 0;
    const operation = contract.operations.find(({ id }) => id === exchange.operation);
    if (operation?.method === 'GET' && status >= 200 && status < 300 && !reads.has(operation.id)) {
      const path = pathOf(exchange.request.url, options.target.url);
      reads.set(operation.id, { operation: operation.id, method: operation.method, path, status });
    }
    return exchange;
  };
  return {
    target: {
      send,
      get requests() {
        return target.requests;
      },
      dead: () => target.dead(),
      close: () => target.close(),
      mask: (text) => target.mask(text),
    },
    roleOf: (exchange) => bearers.get(exchange.id),
    verified: (writes) =>
      contract.operations.flatMap(({ id }) => {
        const write = writes.get(id);
        return write ? { ...write, path: pathOf(write.path, options.target.url) } : (reads.get(id) ?? []);
      }),
  };
}

/** A prefix of the target's URL is no part of the contract's path. */
function pathOf(url: string, base: string): string {
  const { pathname, search } = new URL(url);
  const prefix = new URL(base).pathname.replace(/\/$/, '');
  return `${pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname}${search}`;
}
