import type { OperationInfo, Report } from '../model/index.ts';
import { markdown } from './escape.ts';
import { carryOn, endpointOf, writeHeader, type RecordStatus } from './record-header.ts';
import { mergeRecord, readRecords, writeOld, type OldRecord } from './record-merge.ts';
import { evidenceSection } from './record-evidence.ts';
import {
  fixesSection,
  learningsSection,
  prerequisitesSection,
  requestSection,
  summarySection,
} from './record-sections.ts';
import { subject, titleOf, type RecordSubject } from './record-subject.ts';
import { parametersSection, uidSection } from './record-uids.ts';

export interface MarkdownOptions {
  /** Text of the existing file: a record in it that this run confirms keeps `savedAt` and counts one more use. */
  previous?: string;
  /** operationId: only its record. Default: all of them, one after the other. */
  operation?: string;
}

/** A record and the name of a file to keep it in. */
export interface VerificationRecord {
  operation: string;
  fileName: string;
  text: string;
}

/**
 * Verification records, in the form that API teams file them: one per operation.
 *
 * @param report the run's report
 * @param options the existing file's text, and whether only one operation is wanted
 * @returns Markdown; each record has its own front matter. Records of other endpoints in the file stay, behind those of this run
 */
export function render(report: Report, options: MarkdownOptions = {}): string {
  const { records, stray } = readRecords(options.previous ?? '');
  const wanted = report.operations.filter(
    (one) => options.operation === undefined || one.operationId === options.operation,
  );
  const endpoints = new Set(wanted.map(endpointOfOperation));
  const earlier = (operation: OperationInfo): OldRecord | undefined =>
    records.find(({ header }) => endpointOf(header) === endpointOfOperation(operation));
  return `${[
    ...wanted.map((one) => record(report, one, earlier(one))),
    ...records.filter(({ header }) => !endpoints.has(endpointOf(header) ?? '')).map(writeOld),
    ...(stray.length === 0 ? [] : [stray.join('\n')]),
  ].join('\n\n')}\n`;
}

/**
 * The same records, one by one, for a folder of files.
 *
 * @param report the run's report
 * @param previous gives the text of an existing file by its name
 */
export function renderRecords(
  report: Report,
  previous: (fileName: string) => string | undefined,
): VerificationRecord[] {
  return report.operations.map(({ operationId: operation }) => {
    const fileName = `${operation.replace(/[^\w.-]+/g, '-')}.md`;
    return { operation, fileName, text: render(report, { operation, previous: previous(fileName) }) };
  });
}

function endpointOfOperation({ method, path }: OperationInfo): string {
  return `${method} ${path}`;
}

function record(report: Report, operation: OperationInfo, previous: OldRecord | undefined): string {
  const about = subject(report, operation);
  const endpoint = endpointOfOperation(operation);
  const header = carryOn(
    {
      endpoint,
      domain: domainOf(operation, report),
      tags: [report.contract.name, ...operation.tags],
      status: statusOf(about),
      savedAt: report.startedAt,
      verifiedAt: report.startedAt,
      timesReused: 0,
    },
    previous?.header,
  );
  const sections = [
    { title: 'Summary', body: summarySection(about) },
    { title: 'Prerequisites', body: prerequisitesSection(about) },
    { title: 'UID Resolution', body: uidSection(about) },
    { title: 'How to Resolve Parameters', body: parametersSection(about) },
    { title: 'Critical Learnings', body: learningsSection(about) },
    { title: 'Verified Successful Request', body: requestSection(about) },
    { title: 'Documentation Fix Suggestions', body: fixesSection(about) },
    { title: 'Evidence', body: evidenceSection(about) },
  ];
  return `${writeHeader(header)}\n\n${mergeRecord(markdown(titleOf(operation, report.operations)), sections, previous)}`;
}

/**
 * `fail` when a MUST is broken, an expected one included: a record states what is so, not what is tolerated. `pass` says that
 * every MUST was asked; a run that could not ask says so.
 */
function statusOf({ report, operation, findings }: RecordSubject): RecordStatus {
  if (findings.some((one) => one.level === 'MUST')) return 'fail';
  const cases = report.cases.filter((one) => one.operation === operation.operationId);
  const judged = cases.some((one) => one.status === 'pass' || one.status === 'warn');
  const open = cases.some((one) => one.level === 'MUST' && (one.status === 'not-tested' || one.status === 'error'));
  return judged && !open ? 'pass' : 'incomplete';
}

/** The part of the path that names the area: `/v3/communication/voice_calls` -> `communication`; else the contract's name. */
function domainOf(operation: OperationInfo, report: Report): string {
  const parts = operation.path
    .split('/')
    .filter((part) => part !== '' && part !== 'api' && !/^(v\d.*|\{.*\})$/.test(part));
  return parts.length > 1 ? (parts[0] ?? report.contract.name) : report.contract.name;
}
