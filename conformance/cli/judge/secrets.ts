/** Which values must never be written anywhere. */

const SENSITIVE = /auth|token|secret|password|passwd|session|cookie|signature|credential|(^|[-_])key($|[-_])|api-?key/i;

/**
 * @param headers those that the user gave for every request
 * @returns values of headers that carry credentials, whole and without their scheme
 */
export function headerSecrets(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers)
    .filter(([name]) => SENSITIVE.test(name))
    .flatMap(([name, value]) => {
      if (/cookie/i.test(name)) return [value, ...value.split(/;\s*/).map((part) => part.slice(part.indexOf('=') + 1))];
      const scheme = /^(?:bearer|basic|digest|token|apikey)\s+(.+)$/i.exec(value)?.[1];
      return scheme === undefined ? [value] : [value, scheme];
    });
}
