/** Where a target steadily does otherwise than the contract: both ways out. */
import { successOf } from '../contract/resources.ts';
import type { Contract, Operation, Resource } from '../contract/types.ts';
import type { DriftSuggestion, Evidence, Finding } from '../model/index.ts';
import { copyResponse, diffOf, notRequired, presenceAs, renameResponse, schemaAround } from './contract-edit.ts';
import { weigh } from './drift-evidence.ts';

/**
 * @param contract the contract
 * @param findings the run's findings
 * @returns a suggestion for each finding that a change of the contract could settle as well
 */
export function suggestDrift(contract: Contract, findings: readonly Finding[]): DriftSuggestion[] {
  const found = findings.flatMap((finding) => {
    const operation = contract.operations.find(({ id }) => id === finding.operation);
    if (!operation) return [];
    return [
      ...otherStatus(contract, operation, finding),
      ...takenMissing(contract, finding),
      ...neverTold(contract, operation, finding),
    ];
  });
  // Two findings may show one and the same habit.
  return [...new Map(found.map((one) => [`${one.operation}|${one.field ?? ''}|${one.contractChange}`, one])).values()];
}

/** Another success than the documented one, or 422 for 400. */
function otherStatus(contract: Contract, operation: Operation, finding: Finding): DriftSuggestion[] {
  const answered = /\banswere?[ds] (\d{3})\b/.exec(finding.message)?.[1];
  if (answered === undefined || !['undocumented-status', 'other-status'].includes(finding.kind)) return [];
  const responses = `${operation.pointer}/responses`;
  if (answered === '422' && operation.responses.some(({ status }) => status === '400'))
    return [
      {
        operation: operation.id,
        observed: `${operation.id} answers 422 where the contract documents 400.`,
        implementation: `Answer 400 to a request that breaks the contract of ${operation.id}.`,
        contractChange:
          diffOf(contract, [copyResponse(responses, '400', '422')]) ??
          `Document 422 beside 400 in the responses of ${operation.id}.`,
        ...weigh(contract, finding, { operation, said: '422' }),
      },
    ];
  const wanted = successOf(operation)?.status;
  if (!answered.startsWith('2') || finding.kind !== 'undocumented-status' || wanted === undefined) return [];
  return [
    {
      operation: operation.id,
      observed: `${operation.id} answers ${answered} where the contract documents ${wanted}.`,
      implementation: `Answer ${wanted} when ${operation.id} succeeds.`,
      contractChange:
        diffOf(contract, [renameResponse(responses, wanted, answered)]) ??
        `Document ${answered} in place of ${wanted} in the responses of ${operation.id}.`,
      ...weigh(contract, finding, { operation, said: answered }),
    },
  ];
}

/** Required properties that are taken missing; one cause may hold several of them. */
function takenMissing(contract: Contract, finding: Finding): DriftSuggestion[] {
  if (finding.kind !== 'accepted-invalid') return [];
  return finding.cases.flatMap((id): DriftSuggestion[] => {
    const [rule, operationId, name, ...rest] = id.split('.');
    // What stands behind the name lies inside the property: `0-key-missing`.
    if (rule !== 'required-missing' || !['', 'missing'].includes(rest.join('.'))) return [];
    const { operation, field } = fieldOf(contract, operationId, name) ?? {};
    if (!operation || !field) return [];
    const around = schemaAround(field.pointer, field.name);
    return [
      {
        operation: operation.id,
        field: field.name,
        observed: `${operation.id} takes a body without ${field.name}, which the contract requires.`,
        implementation: `Refuse a body without ${field.name} in ${operation.id}.`,
        contractChange:
          (around === undefined ? undefined : diffOf(contract, [notRequired(around, field.name)])) ??
          `Take ${field.name} out of the required properties of ${operation.id}.`,
        ...weigh(contract, finding, { operation, field: field.name, said: 'optional' }),
      },
    ];
  });
}

function fieldOf(contract: Contract, operationId: string | undefined, slug: string | undefined) {
  for (const { create, update, createFields, updateFields } of contract.resources) {
    const operation = [create, update].find((each) => each?.id === operationId);
    const field = (operation === create ? createFields : updateFields).find(
      ({ name }) => name.replaceAll(/[^A-Za-z0-9_$-]+/g, '-') === slug,
    );
    if (operation && field) return { operation, field };
  }
  return undefined;
}

/** A property that was written and stands in none of the places that were looked at. */
function neverTold(contract: Contract, operation: Operation, finding: Finding): DriftSuggestion[] {
  const { field: name, evidence } = finding;
  if (name === undefined || !['not-stored', 'missing', 'not-told', 'null'].includes(finding.kind)) return [];
  const resource = contract.resources.find(({ create, read, list, update, relatedReads }) =>
    [create, read, list, update, ...relatedReads].includes(operation),
  );
  const told = resource?.recordFields.find((each) => each.name === name);
  if (!resource || !told) return [];
  const written = [...resource.createFields, ...resource.updateFields].find((each) => each.name === name);
  const rows = evidence?.got ?? [];
  const absent = rows.every((row) => !row.ok && (row.missing === true || row.got === null || row.got === undefined));
  if (!absent || !(written ? everywhere(rows) : inEachResponse(resource, finding))) return [];
  const level = finding.level === 'MUST' ? 'SHOULD' : 'MAY';
  const around = schemaAround(told.pointer, name);
  // The property stands below `required`, or above: the later place is changed first.
  const changes = [
    ...(written?.roundTrip ? [{ at: told.pointer, change: presenceAs(told.pointer, level) }] : []),
    ...(around === undefined ? [] : [{ at: `${around}/required`, change: notRequired(around, name) }]),
  ].sort((a, b) => (contract.lineOf(b.at) ?? 0) - (contract.lineOf(a.at) ?? 0));
  return [
    {
      operation: operation.id,
      field: name,
      observed: `${name} is ${written ? 'written, and stands' : 'told'} in none of the responses that were looked at${written ? ` (${rows.map(({ where }) => where).join(', ')})` : ''}.`,
      implementation: written ? `Store ${name}, and tell it in every response.` : `Tell ${name} in every response.`,
      contractChange:
        diffOf(
          contract,
          changes.map(({ change }) => change),
        ) ?? `Make ${name} optional in the responses, with x-ringtrue-round-trip: { presence: ${level} }.`,
      ...weigh(contract, finding, { operation, field: name, said: 'left out', loss: written !== undefined }),
    },
  ];
}

/** Ways that were right are no rows: only the write's own response together with a read says that it is told nowhere. */
function everywhere(rows: Evidence['got']): boolean {
  return rows.some(({ where }) => where.endsWith('response')) && rows.some(({ where }) => /^(get|list)\b/.test(where));
}

/** What only the server tells is missed by the check of each operation's responses. */
function inEachResponse({ create, read }: Resource, finding: Finding): boolean {
  return [create, read].every(
    (operation) => operation === undefined || finding.cases.includes(`response-body.${operation.id}`),
  );
}
