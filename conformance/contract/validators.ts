/** Holds values to the JSON Schemas of a contract. */
import type { ErrorObject, ValidateFunction } from 'ajv';
import { builtinValidators } from './builtin-validators.ts';
import type { Contract } from './types.ts';

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
 * @param contract the contract
 * @param options whether schemas of single properties are wanted too, which nobody has compiled ahead of time
 * @returns validators: Ajv's own code from the build for the contracts that come with RingTrue, and else compiled on first use
 */
export async function openValidators(contract: Contract, options: { properties: boolean }): Promise<Validators> {
  const ready = options.properties ? undefined : await builtinValidators(contract.sha256);
  if (ready) {
    return checking((pointer) => {
      const validate = ready[pointer];
      if (!validate) throw new Error(`the schema at ${pointer} was not compiled with the others`);
      return validate;
    });
  }
  // Ajv is loaded only by those who need it.
  const { schemaCompiler } = await import('./compile-validators.ts');
  return checking(schemaCompiler(contract));
}

/** @returns the pointers of all schemas that requests and responses are held to as a whole */
export function messageSchemas(contract: Contract): string[] {
  return [
    ...new Set(
      contract.operations.flatMap(({ requestBody, responses }) =>
        [requestBody, ...responses].flatMap((message) => message?.schemaPointer ?? []),
      ),
    ),
  ];
}

function checking(compiled: (pointer: string) => ValidateFunction): Validators {
  return {
    check: (schemaPointer, value) => {
      const validate = compiled(schemaPointer);
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
