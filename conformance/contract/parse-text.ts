/** Parses a contract's text. js-yaml: it reads our contracts in a fifth of the time that `yaml` takes (measured, cold start). */
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { ContractError } from './errors.ts';

/** Up to here JSON is read a second time for names that stand twice, which JSON.parse does not tell. */
const RECHECK_BELOW = 2 * 1024 * 1024;

/** js-yaml recurses; this is well within the stack, and far beyond any contract. */
const MAX_DEPTH = 500;

/**
 * @param text YAML 1.2 or JSON
 * @param file for messages
 * @returns the value; aliases lead to shared objects
 * @throws ContractError with the line, for text that is neither, for duplicate keys, and for nesting beyond the stack
 */
export function parseText(text: string, file: string): unknown {
  const json = /^\s*[[{]/.test(text) ? tryJson(text) : undefined;
  if (json && text.length > RECHECK_BELOW) return json.value;
  try {
    return load(text, { schema: CORE_SCHEMA, maxDepth: MAX_DEPTH });
  } catch (error) {
    // JSON that is indented by tabs is no YAML; and only of duplicates does YAML know more.
    if (json && !isDuplicate(error)) return json.value;
    throw parseError(error, file);
  }
}

function tryJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

function isDuplicate(error: unknown): boolean {
  return error instanceof YAMLException && error.reason.includes('duplicated mapping key');
}

function parseError(error: unknown, file: string): ContractError {
  if (error instanceof RangeError) {
    return new ContractError(
      { file, problem: 'it is nested too deep', remedy: 'Use $ref for shared parts.' },
      { cause: error },
    );
  }
  if (!(error instanceof YAMLException)) throw error;
  if (error.reason.includes('maxDepth')) {
    const problem = `it is nested more than ${MAX_DEPTH} levels deep`;
    return new ContractError({ file, problem, remedy: 'Use $ref for shared parts.' }, { cause: error });
  }
  const line = error.mark === undefined ? undefined : error.mark.line + 1;
  const problem = isDuplicate(error)
    ? 'a key stands twice in one mapping, so one of the two would be lost'
    : `it is no valid YAML or JSON: ${error.reason.split('\n', 1)[0] ?? ''}`;
  const remedy = isDuplicate(error) ? 'Remove or rename one of them.' : 'Mend the syntax there, or just before.';
  return new ContractError({ file, line, problem, remedy }, { cause: error });
}
