/** SARIF 2.1.0, for code scanning: one result a finding, on the contract's line, with a fingerprint that outlives the run. */
import type { Log, Notification, ReportingDescriptor, Result } from 'sarif';
import type { Finding, Level, Report } from '../model/index.ts';
import { jsonSafe, shorten, visibleLines } from './escape.ts';
import { isOwnFile, PASS_PROVES_NOT, sortedFindings, verdictBeyondFindings, verdictSentence } from './summary.ts';

const LEVELS: Readonly<Record<Level, 'error' | 'warning' | 'note'>> = { MUST: 'error', SHOULD: 'warning', MAY: 'note' };
/** For what no finding says: a stale baseline, a SHOULD that counts. */
const VERDICT_RULE = 'RINGTRUE-VERDICT';

/**
 * @param report the run's report
 * @returns the log as JSON text
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
 */
export function render(report: Report): string {
  const beyond = verdictBeyondFindings(report);
  const results = [
    ...sortedFindings(report.findings).map((finding) => resultOf(report, finding)),
    ...(beyond === undefined ? [] : [verdictResult(report, beyond)]),
  ];
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'RingTrue', semanticVersion: report.tool.version, rules: rulesOf(report, beyond) } },
        automationDetails: { id: `ringtrue/${report.contract.name}/` },
        invocations: [
          {
            executionSuccessful: report.verdict !== 'incomplete',
            startTimeUtc: report.startedAt,
            toolExecutionNotifications: notificationsOf(report),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results,
        properties: {
          verdict: report.verdict,
          target: report.target.url,
          seed: report.seed,
          contract: `${report.contract.name} ${report.contract.version}`,
          sha256: report.contract.sha256,
        },
      },
    ],
  };
  return `${jsonSafe(JSON.stringify(log, undefined, 2))}\n`;
}

/** The requirements that findings break: what code scanning lists as rules. */
function rulesOf(report: Report, beyond: string | undefined): ReportingDescriptor[] {
  const rules = new Map<string, ReportingDescriptor>();
  for (const { requirement } of report.findings) {
    const source = requirement.source === undefined ? '' : ` Source: ${requirement.source}.`;
    rules.set(requirement.id, {
      id: requirement.id,
      shortDescription: { text: text(requirement.sentence, 1000) },
      help: { text: text(`${requirement.sentence}${source}`, 2000) },
      defaultConfiguration: { level: LEVELS[requirement.level] },
    });
  }
  if (beyond !== undefined)
    rules.set(VERDICT_RULE, { id: VERDICT_RULE, shortDescription: { text: 'The verdict of the run as a whole.' } });
  return [...rules.values()];
}

function resultOf(report: Report, finding: Finding): Result {
  const { contract, requirement, operation, field, message, suggestion, expectedFailure, reproduce } = finding;
  const logical = [operation, ...(field === undefined ? [] : [field])].join('.');
  return {
    ruleId: requirement.id,
    level: LEVELS[finding.level],
    message: { text: text(`${message} ${suggestion}`, 4000) },
    locations: [
      {
        ...(isOwnFile(contract.file)
          ? {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(contract.file) },
                region: { startLine: contract.line ?? 1 },
              },
            }
          : {}),
        logicalLocations: [{ fullyQualifiedName: logical, kind: 'member' }],
      },
    ],
    partialFingerprints: { 'ringtrueFinding/v1': `${report.contract.name}/${finding.id}` },
    ...(expectedFailure === undefined
      ? {}
      : { suppressions: [{ kind: 'external' as const, justification: text(expectedFailure, 1000) }] }),
    properties: { severity: finding.severity, cases: finding.cases, reproduce },
  };
}

function verdictResult(report: Report, sentence: string): Result {
  return {
    ruleId: VERDICT_RULE,
    level: 'error',
    message: { text: text(sentence, 4000) },
    locations: [{ logicalLocations: [{ fullyQualifiedName: report.contract.name, kind: 'module' }] }],
    partialFingerprints: { 'ringtrueFinding/v1': `${report.contract.name}/verdict` },
  };
}

function notificationsOf(report: Report): Notification[] {
  const sentence = verdictSentence(report);
  return [
    {
      level: report.verdict === 'incomplete' ? 'error' : 'note',
      message: {
        text: text(
          `${report.verdict}: ${sentence}.${report.verdict === 'conformant' ? ` ${PASS_PROVES_NOT}` : ''}`,
          2000,
        ),
      },
    },
    ...report.notes.map((note) => ({ level: 'note' as const, message: { text: text(note, 2000) } })),
  ];
}

/** A target's control characters stay inert, and empty text, which SARIF refuses, is none. */
function text(value: string, most: number): string {
  const shown = visibleLines(shorten(value, most)).trim();
  return shown === '' ? '(no text)' : shown;
}
