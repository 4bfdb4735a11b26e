/** What the cases touched of a contract, and what they left. */
import type { Contract } from '../contract/types.ts';
import type { OperationInfo, Report, RequirementInfo } from '../model/index.ts';
import type { PlannedCase } from '../plan/index.ts';
import { propertiesOf } from '../contract/resolve.ts';

/**
 * @param contract the contract
 * @param planned the cases of the run
 * @param judged the operations that were judged, where that is counted
 * @returns the requirements and operations for reports
 */
export function describeContract(
  contract: Contract,
  planned: readonly PlannedCase[],
  judged?: ReadonlySet<string>,
): Pick<Report, 'requirements' | 'operations'> {
  const own = contract.requirements.map(({ id, level, sentence, source }): RequirementInfo => ({
    id,
    level,
    sentence,
    source,
  }));
  const rules = new Map(planned.map((item) => [item.requirement, item.requirementInfo]));
  const made = [...rules.values()].filter((info) => !own.some(({ id }) => id === info.id));
  return {
    requirements: [...own, ...made],
    operations: contract.operations.map((operation) => ({
      ...describe(contract, operation),
      ...(judged ? { judged: judged.has(operation.id) } : {}),
    })),
  };
}

function describe(contract: Contract, operation: Contract['operations'][number]): OperationInfo {
  const resource = contract.resources.find((candidate) =>
    [candidate.create, candidate.read, candidate.update, candidate.list].includes(operation),
  );
  const body = operation.requestBody;
  return {
    operationId: operation.id,
    method: operation.method,
    path: operation.path,
    summary: operation.summary,
    tags: operation.tags,
    requestFields: body ? propertiesOf(contract.document, body.schema, body.schemaPointer).map(({ name }) => name) : [],
    responseFields: resource?.recordFields.map(({ name }) => name) ?? [],
  };
}

/** Operations and requirements that no case touched, each with the reason. */
export function untouched(contract: Contract, planned: readonly PlannedCase[]): Report['untouched'] {
  const operations = new Set(planned.map(({ operation }) => operation));
  // A case is told at the narrowest row that it tests; the wider rows of its rule are touched by it all the same.
  const touches = (row: Contract['requirements'][number]): boolean =>
    planned.some(
      ({ requirement, rule, operation, field }) =>
        requirement === row.id ||
        (row.rules.includes(rule) &&
          (row.operations?.includes(operation) ?? true) &&
          (row.fields === undefined || (field !== undefined && row.fields.includes(field)))),
    );
  return [
    ...contract.operations
      .filter(({ id }) => !operations.has(id))
      .map(({ id, unusable }) => ({
        kind: 'operation' as const,
        id,
        reason: unusable ?? 'no rule has a case for it in this selection',
      })),
    ...contract.requirements
      .filter((row) => !touches(row))
      .map(({ id, untested, rules }) => ({
        kind: 'requirement' as const,
        id,
        reason: untested ?? `its rules (${rules.join(', ')}) have no case in this selection`,
      })),
  ];
}
