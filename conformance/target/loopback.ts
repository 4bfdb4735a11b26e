/** Keeps the promise of names such as `localhost` and `x.localhost`: they lead to this machine or nowhere. */
import { lookup as lookUp } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import { BlockList, type LookupFunction } from 'node:net';
import { isLoopbackName } from './address.ts';
import type { TargetOptions } from './types.ts';

/** The code of the error for a name that leads to another machine. */
export const NOT_LOOPBACK = 'ERR_NOT_LOOPBACK';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** What such a name means where no resolver knows it (RFC 6761 section 6.3). */
const OWN: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/** Names of which no address is known; other failures, such as a resolver that does not answer, are no reason to guess. */
const UNKNOWN = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Looks a host name up for the connection itself: what is checked here is what the socket connects to, before a byte is sent.
 *
 * @param options `elsewhere` lets a name lead to another machine
 * @returns a `lookup` for `net.connect`; its error has the code {@link NOT_LOOPBACK} where every address is another machine's
 * @see RFC 6761 section 6.3
 */
export function loopbackLookup({
  elsewhere,
  lookup = (hostname) => lookUp(hostname, { all: true }),
}: Pick<TargetOptions, 'elsewhere' | 'lookup'>): LookupFunction {
  return (hostname, options, callback) => {
    addressesOf(hostname, elsewhere === true, lookup).then(
      (addresses) => {
        const wanted = addresses.filter(({ family }) => !options.family || options.family === family);
        const [first] = wanted;
        if (!first) callback(problem('ENOTFOUND', `${hostname} has no address of the wanted family`), []);
        else if (options.all === true) callback(null, wanted);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error as NodeJS.ErrnoException, []);
      },
    );
  };
}

async function addressesOf(
  hostname: string,
  elsewhere: boolean,
  lookup: NonNullable<TargetOptions['lookup']>,
): Promise<readonly LookupAddress[]> {
  let found: readonly LookupAddress[];
  try {
    found = await lookup(hostname);
  } catch (error) {
    if (isLoopbackName(hostname) && UNKNOWN.has((error as NodeJS.ErrnoException).code ?? '')) return OWN;
    throw error;
  }
  if (elsewhere) return found;
  const own = found.filter(({ address, family }) => loopback.check(address, family === 6 ? 'ipv6' : 'ipv4'));
  if (own.length > 0) return own;
  throw problem(NOT_LOOPBACK, `${hostname} leads to ${found.map(({ address }) => address).join(', ')}`);
}

function problem(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code });
}
