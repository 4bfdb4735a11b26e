/**
 * The contracts that come with RingTrue, as they were read and checked while building: `scripts/build.ts` puts them in this module's
 * place, because reading YAML and checking keywords took a twentieth of a whole run. From source there are none.
 */
import type { JsonObject, Requirement } from './types.ts';

/** What reading a contract's two files gives. */
export interface BuiltinDocument {
  document: JsonObject;
  requirements: Requirement[];
}

/**
 * @param _digest of the contract's text and its requirements' text: whoever changes a file has it read anew
 * @returns what they say; nothing when they are not those of the build
 */
export function builtinDocument(_digest: string): Promise<BuiltinDocument | undefined> {
  return Promise.resolve(undefined);
}
