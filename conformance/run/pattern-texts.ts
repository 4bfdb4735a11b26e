/** Loads what makes texts for patterns, for those documents that need it. */
import { eachSchema } from '../contract/schema-walk.ts';
import type { Contract } from '../contract/types.ts';
import { isPlain } from '../rules/kit/law.ts';
import { patternTexts } from '../rules/kit/pattern-text.ts';
import type { PatternTexts } from '../rules/kit/pattern-types.ts';

/**
 * @param contract the contract
 * @returns texts for its patterns; nothing for a contract that shows values of its own, or that has no pattern
 */
export async function textsFor(contract: Contract): Promise<PatternTexts | undefined> {
  return isPlain(contract) && hasPattern(contract) ? patternTexts(await import('fast-check')) : undefined;
}

function hasPattern({ document }: Contract): boolean {
  let found = false;
  eachSchema(document, (schema) => {
    found ||= typeof schema === 'object' && schema !== null && ('pattern' in schema || 'patternProperties' in schema);
  });
  return found;
}
