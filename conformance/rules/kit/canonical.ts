/** Forms of one and the same value that its standard calls equivalent: keeping the other one is worth a warning and no more. */
import type { Schema } from '../../contract/types.ts';

/**
 * @param schema the property's schema
 * @param sent what was written
 * @param got what was read back, and is not the same text
 * @returns whether `got` is a usual canonical form of `sent`
 */
export function isCanonicalForm(schema: Schema, sent: unknown, got: unknown): boolean {
  if (typeof sent !== 'string' || typeof got !== 'string') return false;
  switch (schema.format) {
    case 'uri':
    case 'iri':
      return canonicalUri(sent) !== undefined && canonicalUri(sent) === canonicalUri(got);
    case 'uuid':
      return sent.toLowerCase() === got.toLowerCase();
    case 'email':
    case 'idn-email':
      return lowerHost(sent) === lowerHost(got);
    default:
      return false;
  }
}

/**
 * Scheme and host in lower case, an empty path as `/`, no default port.
 * @see RFC 3986, sections 6.2.2.1 and 6.2.3
 */
function canonicalUri(text: string): string | undefined {
  return URL.canParse(text) ? new URL(text).href : undefined;
}

/** The local part may tell letters apart, the domain does not (RFC 5321 section 2.4). */
function lowerHost(text: string): string {
  const at = text.lastIndexOf('@');
  return at < 0 ? text : text.slice(0, at) + text.slice(at).toLowerCase();
}
