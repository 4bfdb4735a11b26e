/**
 * The token of an `Authorization: Bearer …` header.
 * @param header the header's value, if it was sent
 * @returns the token, or an empty string, which is never a valid token
 * @see RFC 6750, section 2.1
 */
export function bearerToken(header: string | undefined): string {
  return header !== undefined && /^bearer /i.test(header) ? header.slice(7).trim() : '';
}
