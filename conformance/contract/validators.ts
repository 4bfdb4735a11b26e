/** Compiled JSON Schemas of a contract: Ajv, JSON Schema 2020-12, strict, formats on. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { ContractError } from './errors.ts';
import { isObject } from './resolve.ts';
import { safePattern } from './safe-pattern.ts';
import type { Contract } from './types.ts';

/** Annotations of OpenAPI's schema vocabulary; they constrain nothing (OpenAPI 3.1, Schema Object). */
const annotations = ['example', 'externalDocs', 'xml', 'discriminator'];

/** A breach of a schema, as the judge reads it. */
export interface SchemaBreach {
  /** Pointer in the value. */
  at: string;
  /** The missing property, for `required`. */
  missing?: string;
  keyword: string;
  message: string;
  /** Place of the broken keyword in the contract. */
  pointer: string;
}

export interface Validators {
  /** @returns the breaches of a value; none when it keeps the schema at that pointer */
  check(schemaPointer: string, value: unknown): SchemaBreach[];
}

/**
 * @param contract the contract whose schemas are compiled, each when it is first used
 * @throws ContractError on use, for a keyword or format that no validator knows
 */
export function createValidators(contract: Contract): Validators {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    allErrors: true,
    allowUnionTypes: true,
    // Tells a meta-schema breach (`type: strng`) as an error in place of letting it through.
    validateSchema: true,
    code: { regExp: safePattern },
  });
  (formats as unknown as (instance: Ajv2020) => void)(ajv);
  // Ajv compiles the root of a document before any part of it, so the root's own members have to be known as well.
  ajv.addVocabulary([
    ...new Set([...annotations, ...Object.keys(contract.document), ...vendorKeywords(contract.document)]),
  ]);
  ajv.addSchema(contract.document, 'contract:', false, false);
  const compiled = new Map<string, ValidateFunction>();
  const compile = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer);
    if (known) return known;
    try {
      const made = ajv.compile({ $ref: `contract:#${encodeURI(pointer)}` });
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
  return {
    check: (schemaPointer, value) => {
      const validate = compile(schemaPointer);
      return validate(value) ? [] : (validate.errors ?? []).map((error) => breach(schemaPointer, error));
    },
  };
}

function breach(schemaPointer: string, error: ErrorObject): SchemaBreach {
  const params = error.params as { missingProperty?: string; allowedValues?: unknown[]; allowedValue?: unknown };
  const allowed = params.allowedValues ?? (params.allowedValue === undefined ? undefined : [params.allowedValue]);
  return {
    at: error.instancePath,
    missing: error.keyword === 'required' ? params.missingProperty : undefined,
    keyword: error.keyword,
    message: `${error.message ?? 'is wrong'}${allowed ? ` (${allowed.map((value) => JSON.stringify(value)).join(', ')})` : ''}`,
    pointer: canonical(schemaPointer, error.schemaPath),
  };
}

/** `contract:#/components/…` and `#/properties/…` as a pointer into the document. */
function canonical(schemaPointer: string, path: string): string {
  const fragment = decodeURI(path.slice(path.indexOf('#') + 1));
  return /^\/(components|paths|webhooks)\//.test(fragment) ? fragment : schemaPointer + fragment;
}

function vendorKeywords(document: unknown): string[] {
  const found = new Set<string>();
  const seen = new Set<object>();
  const stack: unknown[] = [document];
  while (stack.length > 0) {
    const node = stack.pop();
    if (Array.isArray(node)) stack.push(...(node as unknown[]));
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
