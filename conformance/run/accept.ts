/** Which media types a request asks for (RFC 9110 section 12.5.1). */
import type { Contract, Operation } from '../contract/types.ts';
import { isPlain } from '../rules/kit/law.ts';

const JSON_TYPE = 'application/json';

/**
 * @param contract the contract
 * @param operation to be asked
 * @returns JSON; of a plain document that documents successes in other media types alone, these
 */
export function acceptOf(contract: Contract, operation: Operation): string {
  if (!isPlain(contract)) return JSON_TYPE;
  const successes = operation.responses.filter(({ status }) => /^(?:2|default)/i.test(status));
  const types = [...new Set(successes.flatMap(({ mediaTypes }) => mediaTypes))];
  const json = types.filter((type) => /[/+]json\b/i.test(type));
  const asked = json.length > 0 ? json : types;
  return asked.length === 0 ||
    asked.some((type) => type.toLowerCase().startsWith(JSON_TYPE) || /^(?:\*|application)\/\*/.test(type))
    ? JSON_TYPE
    : asked.join(', ');
}
