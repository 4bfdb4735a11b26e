/** Properties that a document marks `readOnly` or `writeOnly`, at any depth of a request (JSON Schema Validation 2020-12, section 9.4). */
import { referenced } from '../../contract/graph/records.ts';
import { escapeToken, follow, isObject } from '../../contract/resolve.ts';
import type { Contract, RequestField, Schema } from '../../contract/types.ts';
import { partsOf, propertiesOfParts } from './parts.ts';

export interface Marked {
  /** JSON Pointer in the body; items of a list stand for their first. */
  at: string;
  schema: Schema;
  pointer: string;
}

/** As deep as values are changed. */
const DEEPEST = 4;

/**
 * @param contract the contract
 * @param field a property of a request body
 * @param mark which one
 * @returns the outermost places that have the mark, the property's own included
 */
export function markedIn(contract: Contract, field: RequestField, mark: 'readOnly' | 'writeOnly'): Marked[] {
  const found: Marked[] = [];
  const visit = (schema: Schema, pointer: string, at: string, depth: number): void => {
    if (schema[mark] === true) {
      found.push({ at, schema, pointer });
      return;
    }
    if (depth >= DEEPEST) return;
    if (isObject(schema.items)) {
      const items = follow(contract.document, schema.items, `${pointer}/items`);
      visit(items.value, items.pointer, `${at}/0`, depth + 1);
    }
    const { parts } = partsOf(contract, { value: schema, pointer }, () => 0);
    for (const property of propertiesOfParts(contract, parts))
      visit(property.schema, property.target, `${at}/${escapeToken(property.name)}`, depth + 1);
  };
  visit(field.schema, referenced(contract.document, field.pointer), `/${escapeToken(field.name)}`, 0);
  return found;
}
