/** Ids of cases: `rule.operation.field.detail`, stable once published. */

/** @returns the id; what stands in no file name becomes a hyphen */
export function caseId(...parts: (string | undefined)[]): string {
  return parts
    .filter((part): part is string => part !== undefined && part !== '')
    .map((part) => part.replaceAll(/[^A-Za-z0-9_$-]+/g, '-'))
    .join('.');
}
