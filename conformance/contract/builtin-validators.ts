/**
 * Validators of the contracts that come with RingTrue, compiled by Ajv while building: `scripts/build.ts` puts that code in this
 * module's place, because compiling took a tenth of a whole run. From source there are none.
 */
import type { ValidateFunction } from 'ajv';

/**
 * @param _sha256 the document's digest: whoever changes a contract gets validators of what it says now
 * @returns the validators by the pointers of their schemas
 */
export function builtinValidators(_sha256: string): Promise<Readonly<Record<string, ValidateFunction>> | undefined> {
  return Promise.resolve(undefined);
}
