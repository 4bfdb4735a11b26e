import type { OperationInfo, Report } from '../model/index.ts';
import { markdown } from './escape.ts';
import { carryOn, writeHeader, type RecordStatus } from './record-header.ts';
import {
  fixesSection,
  learningsSection,
  parametersSection,
  prerequisitesSection,
  requestSection,
  subject,
  summarySection,
  uidSection,
  type RecordSubject,
} from './record-sections.ts';

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
 * @returns Markdown; each record has its own front matter
 */
export function render(report: Report, options: MarkdownOptions = {}): string {
  return report.operations
    .filter((one) => options.operation === undefined || one.operationId === options.operation)
    .map((one) => record(report, one, options.previous))
    .join('\n');
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
  return report.operations.map((one) => {
    const fileName = `${one.operationId.replace(/[^\w.-]+/g, '-')}.md`;
    return { operation: one.operationId, fileName, text: record(report, one, previous(fileName)) };
  });
}

function record(report: Report, operation: OperationInfo, previous: string | undefined): string {
  const about = subject(report, operation);
  const endpoint = `${operation.method} ${operation.path}`;
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
    previous,
  );
  const section = (title: string, body: string): string => `## ${title}\n\n${body}`;
  return `${[
    writeHeader(header),
    `# ${markdown(endpoint)}`,
    section('Summary', summarySection(about)),
    section('Prerequisites', prerequisitesSection(about)),
    section('UID Resolution', uidSection(about)),
    section('How to Resolve Parameters', parametersSection(about)),
    section('Critical Learnings', learningsSection(about)),
    section('Verified Successful Request', requestSection(about)),
    section('Documentation Fix Suggestions', fixesSection(about)),
  ].join('\n\n')}\n`;
}

/** An expected failure is a failure all the same: a record states what is so, not what is tolerated. */
function statusOf({ report, operation, findings }: RecordSubject): RecordStatus {
  if (findings.some((one) => one.level === 'MUST')) return 'failing';
  const cases = report.cases.filter((one) => one.operation === operation.operationId);
  const judged = cases.some((one) => one.status === 'pass' || one.status === 'warn');
  const open = cases.some((one) => one.level === 'MUST' && (one.status === 'not-tested' || one.status === 'error'));
  return judged && !open ? 'verified' : 'not-verified';
}

/** The part of the path that names the area: `/v3/communication/voice_calls` -> `communication`; else the contract's name. */
function domainOf(operation: OperationInfo, report: Report): string {
  const parts = operation.path
    .split('/')
    .filter((part) => part !== '' && part !== 'api' && !/^(v\d.*|\{.*\})$/.test(part));
  return parts.length > 1 ? (parts[0] ?? report.contract.name) : report.contract.name;
}
