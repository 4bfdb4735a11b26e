/** Compiles the JSON Schemas of a contract: Ajv, JSON Schema 2020-12, strict, formats on. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { CodeOptions } from 'ajv/dist/core.js';
import formats from 'ajv-formats';
import { ContractError } from './errors.ts';
import { withDistinctParts } from './distinct-parts.ts';
import { MOST_WAYS, Ways } from './in-place.ts';
import { patternOf, safePattern } from './safe-pattern.ts';
import type { Contract, JsonObject } from './types.ts';

/**
 * @param contract the contract whose schemas are compiled
 * @param code how Ajv writes its code; for those that keep it
 * @returns an Ajv that knows the document as `contract:`
 */
export function contractAjv({ document }: Pick<Contract, 'document'>, code: CodeOptions = {}): Ajv2020 {
  const ajv = new Ajv2020({
    // What no validator knows is told once when the document is read, and constrains nothing; what is wrong was found there.
    strict: false,
    logger: false,
    allErrors: true,
    allowUnionTypes: true,
    // Tells a meta-schema breach (`type: strng`) as an error in place of letting it through.
    validateSchema: true,
    code: { regExp: safePattern, ...code },
  });
  (formats as unknown as (instance: Ajv2020) => void)(ajv);
  // A pattern that only older readers of regular expressions take is a pattern all the same.
  ajv.addFormat('regex', (pattern: string) => patternOf(pattern) !== undefined);
  ajv.addSchema(document, 'contract:', false, false);
  return ajv;
}

/** @returns the reference by which that Ajv finds a schema */
export function schemaReference(pointer: string): string {
  return `contract:#${encodeURI(pointer)}`;
}

/**
 * @param contract the contract whose schemas are compiled, each when it is first used
 * @returns the validator of the schema at a pointer; it throws ContractError for one that no validator can be made of
 */
export function schemaCompiler(contract: Contract): (pointer: string) => ValidateFunction {
  // Tidying the code takes Ajv longer than writing it, and what is tidied here is run a few hundred times at most.
  const ajvOf = (document: JsonObject): Ajv2020 => contractAjv({ document }, { optimize: false });
  const plain = { ajv: ajvOf(contract.document), ways: new Ways(contract.document) };
  let distinct: typeof plain | undefined;
  const distinctParts = (): typeof plain => {
    const document = withDistinctParts(contract.document);
    return { ajv: ajvOf(document), ways: new Ways(document) };
  };
  const compiled = new Map<string, ValidateFunction>();
  return (pointer) => {
    const known = compiled.get(pointer);
    if (known) return known;
    const { ajv, ways } = plain.ways.tooMany(pointer) ? (distinct ??= distinctParts()) : plain;
    if (ways.tooMany(pointer))
      throw new ContractError({
        file: contract.file ?? contract.name,
        pointer,
        line: contract.lineOf(pointer),
        problem: `its allOf, anyOf and oneOf lead to the same parts more than ${MOST_WAYS.toLocaleString('en-US')} times`,
        remedy: 'Name each part once.',
      });
    try {
      const made = ajv.compile({ $ref: schemaReference(pointer) });
      compiled.set(pointer, made);
      return made;
    } catch (error) {
      throw new ContractError({
        file: contract.file ?? contract.name,
        pointer,
        line: contract.lineOf(pointer),
        problem: `its schema cannot be used: ${error instanceof Error ? error.message : String(error)}`,
        remedy: 'Correct the schema there.',
      });
    }
  };
}
