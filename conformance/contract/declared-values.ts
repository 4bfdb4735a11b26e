/** Checks the values that a contract declares for RingTrue to send: what it calls right must be right, and the reverse. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { KeywordProblem } from './keywords.ts';
import { entriesOf, mapPlaces } from './places.ts';
import { at, escapeToken, isObject } from './resolve.ts';
import type { JsonObject } from './types.ts';

const documentId = 'urn:ringtrue:document';

/**
 * @param document a document whose keywords are right (`checkKeywords` found nothing)
 * @returns `x-ringtrue-values` that the property's own schema contradicts, and development fixtures that it refuses
 */
export function checkDeclaredValues(document: unknown): KeywordProblem[] {
  if (!isObject(document)) return [];
  const problems: KeywordProblem[] = [];
  const validatorAt = validators(document);
  const fixtures = document['x-ringtrue-fixtures'];
  for (const [pointer, uses] of mapPlaces(document).places) {
    if (!uses.some(({ kind }) => kind === 'requestProperty')) continue;
    const node = at(document, pointer);
    if (!isObject(node)) continue;
    const values = node['x-ringtrue-values'];
    const fixture = node['x-ringtrue-fixture'];
    if (values === undefined && fixture === undefined) continue;
    const validate = validatorAt(pointer);
    if (!validate) continue;
    problems.push(...checkValues(values, validate, pointer), ...checkFixture(fixtures, fixture, validate));
  }
  return problems;
}

function checkValues(values: unknown, validate: ValidateFunction, owner: string): KeywordProblem[] {
  const problems: KeywordProblem[] = [];
  for (const [kind, list] of entriesOf(values)) {
    if (!Array.isArray(list)) continue;
    list.forEach((entry: unknown, index) => {
      if (!isObject(entry)) return;
      const valid = validate(entry['value']);
      if (valid === (kind === 'accept')) return;
      const pointer = `${owner}/x-ringtrue-values/${kind}/${String(index)}`;
      const shown = JSON.stringify(entry['value']);
      const message = valid
        ? `The schema allows ${shown}, so it cannot be a value to refuse.`
        : `The schema refuses ${shown} (${validate.errors?.[0]?.message ?? 'invalid'}), so it cannot be a value to accept.`;
      problems.push({ pointer, message });
    });
  }
  return problems;
}

function checkFixture(fixtures: unknown, name: unknown, validate: ValidateFunction): KeywordProblem[] {
  return entriesOf(fixtures).flatMap(([declared, declaration]) => {
    if (declared !== name && declared !== `${String(name)}.other`) return [];
    if (!isObject(declaration) || declaration['development'] === undefined) return [];
    if (validate(declaration['development'])) return [];
    const message = `The schema of the property refuses ${JSON.stringify(declaration['development'])}.`;
    return [{ pointer: `/x-ringtrue-fixtures/${escapeToken(declared)}/development`, message }];
  });
}

function validators(document: JsonObject): (pointer: string) => ValidateFunction | undefined {
  const ajv = new Ajv2020({ strict: false, validateFormats: true, validateSchema: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...document, $id: documentId });
  return (pointer) => {
    try {
      return ajv.getSchema(`${documentId}#${pointer.split('/').map(encodeURIComponent).join('/')}`);
    } catch {
      // A schema that does not compile is Redocly's to tell, and stops a run when it is loaded.
      return undefined;
    }
  };
}
