/**
 * The keywords' own schemas, compiled. `scripts/build.ts` puts Ajv's code for them in this module's place, because compiling
 * takes longer at the start of a run than all other checks of the contract.
 */
import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import schema from './keywords.schema.json' with { type: 'json' };
import { escapeToken } from './resolve.ts';

let ajv: Ajv2020 | undefined;
const validators = new Map<string, ValidateFunction | undefined>();

/**
 * @param more further options of Ajv
 * @returns an Ajv that knows the keywords' schemas, and nothing else
 */
export function keywordAjv(more: Options = {}): Ajv2020 {
  // The schema is ours and is checked by a test, so it is not validated again in every run.
  const made = new Ajv2020({
    allowUnionTypes: true,
    strictRequired: false,
    validateSchema: false,
    meta: false,
    ...more,
  });
  made.addVocabulary(['standsOn']);
  made.addSchema(schema);
  return made;
}

/** Where the schema of a keyword stands. */
export function keywordSchemaId(name: string): string {
  return `${schema.$id}#/properties/${escapeToken(name)}`;
}

/** Compiled when the keyword is first met: a contract without keywords costs nothing. */
export function keywordValidator(name: string): ValidateFunction | undefined {
  if (!validators.has(name)) {
    ajv ??= keywordAjv();
    validators.set(name, ajv.getSchema(keywordSchemaId(name)));
  }
  return validators.get(name);
}
