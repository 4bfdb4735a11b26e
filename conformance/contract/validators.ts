/** Holds values to the JSON Schemas of a contract. */
import type { ErrorObject, ValidateFunction } from 'ajv';
import { breachesInTime } from './big-values.ts';
import { builtinValidators } from './builtin-validators.ts';
import type { Contract } from './types.ts';

/** Breaches of one value; nobody reads so many. */
const MOST_BREACHES = 1000;

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

/**
 * @param contract the contract
 * @param operations ids of the operations that will be asked
 * @param validators its validators
 * @throws ContractError for the first schema among theirs that cannot be used
 */
export function checkSchemas(contract: Contract, operations: ReadonlySet<string>, validators: Validators): void {
  // Nothing keeps or breaks a schema so that its validator would not have to be made.
  for (const pointer of messageSchemas(contract, operations)) validators.check(pointer, null);
}

/** @returns the pointers of all schemas that requests and responses are held to as a whole, of all operations or of some */
export function messageSchemas(contract: Contract, operations?: ReadonlySet<string>): string[] {
  const asked = operations ? contract.operations.filter(({ id }) => operations.has(id)) : contract.operations;
  return [
    ...new Set(
      asked.flatMap(({ requestBody, responses }) =>
        [requestBody, ...responses].flatMap((message) => message?.schemaPointer ?? []),
      ),
    ),
  ];
}

function checking(compiled: (pointer: string) => ValidateFunction): Validators {
  return {
    check: (schemaPointer, value) => {
      const validate = compiled(schemaPointer);
      const errors = breachesInTime((given) => (validate(given) ? [] : (validate.errors ?? [])), value);
      return errors.slice(0, MOST_BREACHES).map((error) => breach(schemaPointer, error));
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
