/** Where the target is: its origin, the prefix below it, and how a request's path becomes an address there. */

export interface Address {
  /** `https://api.example.com:8443` */
  origin: string;
  /** Path that stands before every request's path; without a slash at its end. */
  prefix: string;
  host: string;
  /** User name and password of the URL, for HTTP Basic authentication. */
  credentials?: { user: string; password: string };
  loopback: boolean;
}

/**
 * @param url `--url` as given
 * @throws Error with a sentence when it is no http or https URL
 */
export function parseAddress(url: string): Address {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new Error(`${JSON.stringify(url)} is no URL; write it like http://127.0.0.1:3000`);
  }
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    throw new Error(`${JSON.stringify(url)} is neither an http nor an https URL`);
  }
  const { username, password } = parsed;
  return {
    origin: parsed.origin,
    prefix: parsed.pathname.replace(/\/+$/, ''),
    host: parsed.host,
    credentials:
      username === '' && password === ''
        ? undefined
        : { user: decodeURIComponent(username), password: decodeURIComponent(password) },
    loopback: isLoopback(parsed.hostname),
  };
}

/**
 * Whether a host means this machine. A name is only a promise: `loopback.ts` keeps it when the connection is made.
 *
 * @see RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3, RFC 6761 section 6.3
 */
export function isLoopback(hostname: string): boolean {
  return isLoopbackName(hostname) || /^(?:127(?:\.\d{1,3}){3}|\[?::1\]?)$/.test(hostname);
}

/** Whether it is a name, and no address, that means this machine. */
export function isLoopbackName(hostname: string): boolean {
  return /^(?:[\w-]+\.)*localhost\.?$/i.test(hostname);
}

/**
 * @param address the target
 * @param path below the target's URL (`/v3/calls?page=1`), or an absolute URL or `//host/path`, as a link may have it
 * @returns path and query to ask for, or undefined when it leads to another origin
 * @see RFC 3986 section 4.2
 */
export function requestPath(address: Address, path: string): string | undefined {
  // The common case costs no URL object.
  if (path.startsWith('/') && !path.startsWith('//') && isPlain(path)) return address.prefix + path;
  const absolute = /^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(path);
  const full = absolute ? path : `${address.origin}${address.prefix}${path.startsWith('/') ? '' : '/'}${path}`;
  let parsed: URL;
  try {
    parsed = new URL(full, address.origin);
  } catch {
    return undefined;
  }
  return parsed.origin === address.origin ? parsed.pathname + parsed.search : undefined;
}

/** Whether a path can stand in a request line as it is (RFC 9112 section 3.2). */
function isPlain(path: string): boolean {
  return !/[^\x21-\x7e]|#/.test(path);
}
