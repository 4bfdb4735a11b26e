/** Headers of which several came: their values are joined by commas. */

/**
 * @param joined values of a header, joined by commas
 * @returns them one by one; a comma in quotation marks parts nothing
 * @see RFC 9110 section 5.6.1
 */
export function splitList(joined: string): string[] {
  if (!joined.includes(',')) return joined.trim() === '' ? [] : [joined.trim()];
  return (joined.match(/(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g) ?? []).map((one) => one.trim()).filter((one) => one !== '');
}
