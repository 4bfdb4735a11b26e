/** Compiles the JSON Schemas of a contract: Ajv, JSON Schema 2020-12, strict, formats on. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { CodeOptions } from 'ajv/dist/core.js';
import formats from 'ajv-formats';
import { ContractError } from './errors.ts';
import { isObject } from './resolve.ts';
import { safePattern } from './safe-pattern.ts';
import type { Contract } from './types.ts';

/** Annotations of OpenAPI's schema vocabulary; they constrain nothing (OpenAPI 3.1, Schema Object). */
const annotations = ['example', 'externalDocs', 'xml', 'discriminator'];

/**
 * @param contract the contract whose schemas are compiled
 * @param code how Ajv writes its code; for those that keep it
 * @returns an Ajv that knows the document as `contract:`
 */
export function contractAjv(contract: Contract, code: CodeOptions = {}): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    allErrors: true,
    allowUnionTypes: true,
    // Tells a meta-schema breach (`type: strng`) as an error in place of letting it through.
    validateSchema: true,
    code: { regExp: safePattern, ...code },
  });
  (formats as unknown as (instance: Ajv2020) => void)(ajv);
  // Ajv compiles the root of a document before any part of it, so the root's own members have to be known as well.
  ajv.addVocabulary([
    ...new Set([...annotations, ...Object.keys(contract.document), ...vendorKeywords(contract.document)]),
  ]);
  ajv.addSchema(contract.document, 'contract:', false, false);
  return ajv;
}

/** @returns the reference by which that Ajv finds a schema */
export function schemaReference(pointer: string): string {
  return `contract:#${encodeURI(pointer)}`;
}

/**
 * @param contract the contract whose schemas are compiled, each when it is first used
 * @returns the validator of the schema at a pointer; it throws ContractError for a keyword or format that no validator knows
 */
export function schemaCompiler(contract: Contract): (pointer: string) => ValidateFunction {
  const ajv = contractAjv(contract);
  const compiled = new Map<string, ValidateFunction>();
  return (pointer) => {
    const known = compiled.get(pointer);
    if (known) return known;
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
        remedy: 'Mend the schema; unknown keywords, types and formats are never let through.',
      });
    }
  };
}

function vendorKeywords(document: unknown): string[] {
  const found = new Set<string>();
  const seen = new Set<object>();
  const stack: unknown[] = [document];
  while (stack.length > 0) {
    const node = stack.pop();
    if (Array.isArray(node)) for (const item of node as unknown[]) stack.push(item);
    else if (isObject(node) && !seen.has(node)) {
      seen.add(node);
      for (const [key, value] of Object.entries(node)) {
        if (key.startsWith('x-')) found.add(key);
        else stack.push(value);
      }
    }
  }
  // Keywords inside x- values are not keywords; those of properties named x-… do no harm.
  return [...found];
}
