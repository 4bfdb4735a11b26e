/** Writes the parameters of a request (OpenAPI 3.1.1, Parameter Object). */
import type { Parameter } from '../../contract/operation-types.ts';
import { spannedSegments } from '../../contract/graph/paths.ts';
import { typesOf } from '../../contract/resolve.ts';
import { headerText, pairsOf, pathText, percentEncoded, textOfValue, type Pair } from './styles.ts';

/** A parameter that is written in a media type holds one text (Parameter Object, `content`). */
function inMediaType({ mediaType, schema }: Parameter, value: unknown): unknown {
  if (mediaType === undefined) return value;
  // A text that was given for what is none is written already.
  if (typeof value === 'string' && !typesOf(schema).includes('string')) return value;
  return /[/+]json\b/i.test(mediaType) ? JSON.stringify(value) : textOfValue(value);
}

/**
 * @param parameter of the query
 * @returns its pairs
 */
export function queryPairs(parameter: Parameter, value: unknown): Pair[] {
  return pairsOf(parameter, inMediaType(parameter, value));
}

/**
 * @param parameter of the path; undefined for a template that the document does not declare
 * @returns what stands in its place, percent-encoded
 */
export function pathValue(parameter: Parameter | undefined, value: unknown): string {
  if (!parameter) return percentEncoded(textOfValue(value));
  const text = pathText(parameter, inMediaType(parameter, value));
  // The pattern says that the value is several segments: what stands between them is no part of one.
  return spannedSegments(parameter.schema) ? text.replaceAll('%2F', '/') : text;
}

/**
 * @param parameter of a header
 * @returns the header's text
 */
export function headerValue(parameter: Parameter, value: unknown): string {
  return headerText(parameter, inMediaType(parameter, value));
}

/**
 * @param parameter of a cookie
 * @returns its pairs as they stand in a Cookie header (RFC 6265 section 4.2.1)
 */
export function cookiePairs(parameter: Parameter, value: unknown): string[] {
  return pairsOf(parameter, inMediaType(parameter, value)).map(({ written }) => written);
}
