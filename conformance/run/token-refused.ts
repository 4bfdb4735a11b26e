/** A target that refuses the token: one cause for every case that could not be asked. */

/**
 * @param statuses how often each status was answered in the whole run
 * @param token whether a token was given
 * @returns one sentence when no request succeeded and most of them were answered with 401 (RFC 9110, section 15.5.2)
 */
export function tokenRefused(statuses: ReadonlyMap<number, number>, token: boolean): string | undefined {
  const unauthorized = statuses.get(401) ?? 0;
  const answers = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  if ([...statuses.keys()].some((status) => status < 400) || unauthorized * 2 <= answers) return undefined;
  const seen = `${String(unauthorized)} of ${String(answers)} requests were answered with 401, and none with a success`;
  return token
    ? `The target refuses the token: ${seen}. Give one that it accepts, with --token or RINGTRUE_TOKEN.`
    : `The target wants a token and none was given: ${seen}. Give one with --token or RINGTRUE_TOKEN.`;
}
