/** Which hosts an address in a request may name: those that lead to nobody. */

/** RFC 2606 and RFC 6761: names that are reserved for documentation and tests. */
const reservedName = /(?:^|\.)(?:example|invalid|test|localhost|example\.(?:com|net|org))$/;

/** RFC 5737 and RFC 3849: addresses for documentation; 127.0.0.0/8 and ::1 never leave the target's own machine. */
const reservedAddress =
  /^(?:127\.\d+\.\d+\.\d+|192\.0\.2\.\d+|198\.51\.100\.\d+|203\.0\.113\.\d+|\[?(?:::1|2001:0?db8:[0-9a-f:]*)\]?)$/;

/**
 * @param authority host of a URI or of an e-mail address, perhaps with user information and port
 * @returns whether nobody is behind it
 */
export function isReservedHost(authority: string): boolean {
  const host = hostOf(authority);
  return host === '' || reservedName.test(host) || reservedAddress.test(host);
}

/** @returns the host of an authority (RFC 3986 section 3.2), in lower case and without the root's dot */
export function hostOf(authority: string): string {
  return authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d*$/, '')
    .replace(/\.$/, '')
    .toLowerCase();
}
