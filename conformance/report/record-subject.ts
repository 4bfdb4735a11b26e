/** What a verification record is about: one operation with everything that the report knows of it. */
import type { DriftSuggestion, Finding, OperationInfo, Report, VerifiedRequest } from '../model/index.ts';
import { sortedFindings } from './summary.ts';

/** One operation of a report. */
export interface RecordSubject {
  report: Report;
  operation: OperationInfo;
  findings: Finding[];
  drift: DriftSuggestion[];
  /** A request of the operation that succeeded, as really sent. */
  verified: VerifiedRequest | undefined;
}

/**
 * @param report the run's report
 * @param operation one of its operations
 * @returns the operation with its findings, those included that stand at another operation and failed cases of this one
 */
export function subject(report: Report, operation: OperationInfo): RecordSubject {
  const own = new Set(report.cases.filter((one) => one.operation === operation.operationId).map((one) => one.id));
  const findings = report.findings.filter(
    (one) => one.operation === operation.operationId || one.cases.some((id) => own.has(id)),
  );
  return {
    report,
    operation,
    findings: sortedFindings(findings),
    drift: report.drift.filter((one) => one.operation === operation.operationId),
    verified: report.verifiedRequests.find((one) => one.operation === operation.operationId),
  };
}

const VERBS: Readonly<Record<string, string>> = {
  GET: 'Get',
  POST: 'Create',
  PUT: 'Update',
  PATCH: 'Update',
  DELETE: 'Delete',
};

/**
 * The operation's name, as the title of its record: `Create Voice calls`.
 *
 * @param operation the operation
 * @param all all operations of the contract
 * @returns its verb and its tag where no other operation is called so, else its summary or its operationId
 */
export function titleOf(operation: OperationInfo, all: readonly OperationInfo[]): string {
  const name = verbAndTag(operation);
  const shared = name === undefined || all.some((one) => one !== operation && verbAndTag(one) === name);
  return shared ? (operation.summary ?? operation.operationId) : name;
}

function verbAndTag({ operationId, method, path, tags: [tag] }: OperationInfo): string | undefined {
  if (tag === undefined) return undefined;
  const said = /^(create|get|list|update|delete|cancel|search)(?=[A-Z_])/.exec(operationId)?.[1];
  const verb = said === undefined ? (method === 'GET' && !path.endsWith('}') ? 'List' : VERBS[method]) : capital(said);
  return verb === undefined ? undefined : `${verb} ${tag}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** @returns whether the value is a plain JSON object */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
