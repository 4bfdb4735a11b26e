/** What a contract holds that could be dialled: the fields that are taken for telephone numbers, and every shown value that looks like one. */
import type { Contract, Operation } from '../contract/types.ts';
import type { Danger } from './judge-value.ts';
import { dangerOf } from './judge-value.ts';
import { valueLeaves } from './leaves.ts';
import { phonePlace, samplesOf } from './phone-place.ts';
import { schemaNode, type SchemaNode } from './schema-node.ts';

export interface Survey {
  /** Of each operation the fields that get numbers set aside for fiction only. */
  phones: { operation: string; fields: string[] }[];
  /** Values that the contract shows and that are never sent as they stand. */
  withheld: { operation: string; field: string; value: string; why: Danger }[];
}

/** A schema may hold itself. */
const DEEPEST = 8;

/**
 * @param contract the contract
 * @param operations ids of the operations that will be asked; all when absent
 */
export function surveyOf(contract: Contract, operations?: ReadonlySet<string>): Survey {
  const asked = contract.operations.filter(({ id }) => operations?.has(id) ?? true);
  const surveys = asked.map((operation) => surveyOperation(contract, operation));
  return {
    phones: surveys.flatMap(({ phones }) => phones).filter(({ fields }) => fields.length > 0),
    withheld: surveys.flatMap(({ withheld }) => withheld),
  };
}

function surveyOperation(contract: Contract, operation: Operation): Survey {
  const fields = new Set<string>();
  const withheld = new Map<string, Survey['withheld'][number]>();
  const note = (names: readonly string[], node: SchemaNode, value: unknown): void => {
    for (const leaf of valueLeaves(value, names, node)) {
      const why = dangerOf({ names: leaf.names, schemas: leaf.node.schemas }, leaf.value);
      if (why === undefined) continue;
      const row = { operation: operation.id, field: leaf.names.join('.'), value: String(leaf.value), why };
      withheld.set(`${row.field} ${row.value}`, row);
    }
  };
  const visit = (names: readonly string[], node: SchemaNode, above: readonly string[]): void => {
    if (names.length > DEEPEST || (node.key !== '' && above.includes(node.key))) return;
    const within = [...above, node.key];
    if (names.length > 0 && node.schemas.length > 0 && !isWhole(node) && phonePlace(names, node.schemas))
      fields.add(`${names.join('.')}${isGiven(node) ? ' (your fixture)' : ''}`);
    for (const sample of node.schemas.flatMap(samplesOf)) note(names, node, sample);
    const { items, open } = node.holds;
    if (items) visit(names, node.item(0), within);
    for (const name of node.names) visit([...names, name], node.property(name), within);
    if (open) visit([...names, '*'], node.property('\u0000'), within);
  };
  for (const parameter of operation.parameters)
    visit([parameter.name], schemaNode(contract, parameter.schema, `${parameter.pointer}/schema`), []);
  const body = operation.requestBody ?? operation.bodies[0];
  if (body) {
    const root = schemaNode(contract, body.schema, body.schemaPointer);
    visit([], root, []);
    for (const { value } of body.examples) note([], root, value);
  }
  return { phones: [{ operation: operation.id, fields: [...fields] }], withheld: [...withheld.values()] };
}

/** A value that has to exist on the target is the user's own. */
function isGiven(node: SchemaNode): boolean {
  return node.schemas.some((schema) => schema['x-ringtrue-fixture'] !== undefined);
}

/** Lists and objects are told by their parts. */
function isWhole(node: SchemaNode): boolean {
  return node.holds.items || node.names.length > 0;
}
