import Builder from 'fast-xml-builder';
import type { CaseResult, Finding, Report } from '../model/index.ts';
import { shorten, visible, xmlSafe } from './escape.ts';
import { findingDetails } from './finding-text.ts';
import { duration, verdictBeyondFindings, verdictSentence } from './summary.ts';

/** A finding is told in full in so many of its cases; in the others its message stands for it. */
const FULL_CASES = 20;

/**
 * JUnit XML: one suite per operation, one testcase per case id, passed ones too. A broken MUST is a failure; a SHOULD that is not
 * kept stands in the suite's output; a case that could not be asked is an error, so that no CI counts it as green.
 *
 * The result keeps to what the Ant/Surefire and the Jenkins schemas have in common.
 *
 * @param report the run's report
 * @returns XML text
 */
export function render(report: Report): string {
  const findings = new Map<string, { finding: Finding; nth: number }>();
  for (const finding of report.findings) {
    finding.cases.forEach((id, nth) => findings.set(id, { finding, nth }));
  }
  const suites = [...groupByOperation(report.cases)].map(([operation, cases], at) =>
    suite(report, operation, cases, at, findings),
  );
  const builder = new Builder({
    attributeNamePrefix: '@',
    ignoreAttributes: false,
    format: true,
    indentBy: '  ',
    suppressEmptyNode: true,
    suppressBooleanAttributes: false,
    processEntities: true,
  });
  const all = [...suites, ...verdictSuite(report, suites.length)];
  const xml = builder.build({ testsuites: all.length === 0 ? '' : { testsuite: all } });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml.trimEnd()}\n`;
}

type Node = Record<string, unknown>;
type FindingsByCase = Map<string, { finding: Finding; nth: number }>;

function groupByOperation(cases: CaseResult[]): Map<string, CaseResult[]> {
  const groups = new Map<string, CaseResult[]>();
  for (const one of cases) {
    const group = groups.get(one.operation);
    if (group === undefined) groups.set(one.operation, [one]);
    else group.push(one);
  }
  return groups;
}

function suite(report: Report, operation: string, cases: CaseResult[], at: number, findings: FindingsByCase): Node {
  const count = (outcome: Outcome): number => cases.filter((one) => outcomeOf(one) === outcome).length;
  const warnings = cases.filter((one) => one.status === 'warn');
  return {
    '@name': attribute(operation),
    '@timestamp': report.startedAt.slice(0, 19),
    '@hostname': hostname(report.target.url),
    '@tests': cases.length,
    '@failures': count('failure'),
    '@errors': count('error'),
    '@skipped': count('skipped'),
    '@time': seconds(cases.reduce((sum, one) => sum + one.durationMs, 0)),
    '@package': attribute(report.contract.name),
    '@id': at,
    properties: { property: properties(report) },
    testcase: cases.map((one) => testcase(report, one, findings.get(one.id))),
    'system-out': xmlSafe(warnings.map((one) => warning(one, findings.get(one.id))).join('\n')),
    'system-err': xmlSafe(report.notes.map((note) => shorten(note, 2000)).join('\n')),
  };
}

/** A suite of its own for a verdict that no case of the others tells: nothing may look green that is not. */
function verdictSuite(report: Report, at: number): Node[] {
  const why =
    report.verdict === 'incomplete'
      ? [`${report.contract.name} could not be judged: ${verdictSentence(report)}`, ...report.notes].join('. ')
      : verdictBeyondFindings(report);
  if (why === undefined) return [];
  return [
    {
      ...suite(report, 'verdict', [], at, new Map()),
      '@tests': 1,
      '@failures': 1,
      testcase: {
        '@classname': attribute(report.contract.name),
        '@name': 'verdict',
        '@time': seconds(0),
        failure: { '@message': attribute(why), '@type': report.verdict, '#text': xmlSafe(why) },
      },
    },
  ];
}

function properties(report: Report): Node[] {
  const facts: Record<string, string> = {
    tool: `${report.tool.name} ${report.tool.version}`,
    contract: `${report.contract.name} ${report.contract.version}`,
    'contract.sha256': report.contract.sha256,
    target: report.target.url,
    seed: String(report.seed),
    duration: duration(report.durationMs),
    requests: String(report.summary.requests),
    verdict: `${report.verdict}: ${verdictSentence(report)}`,
    ...Object.fromEntries(
      report.fixtures.map(({ name, value, via }) => [`fixture.${name}`, `${shorten(value, 200)} (${via})`]),
    ),
  };
  return Object.entries(facts).map(([name, value]) => ({ '@name': attribute(name), '@value': attribute(value) }));
}

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

function outcomeOf(one: CaseResult): Outcome {
  switch (one.status) {
    case 'pass':
    case 'warn':
      return 'passed';
    case 'fail':
      return one.expectedFailure === undefined ? 'failure' : 'skipped';
    // What kept a case from being asked is red elsewhere: a failed case, or the suite of the verdict.
    case 'not-applicable':
    case 'not-tested':
      return 'skipped';
    case 'error':
      return 'error';
  }
}

function testcase(report: Report, one: CaseResult, found: { finding: Finding; nth: number } | undefined): Node {
  const message = found?.finding.message ?? one.message ?? one.title;
  const full = found !== undefined && found.nth < FULL_CASES ? findingDetails(found.finding) : [];
  const own = [one.title, ...(one.message === undefined ? [] : [one.message])];
  const text = [...own, ...(full.length === 0 ? [] : ['', 'The finding:', message, ...full])].join('\n');
  const outcome = outcomeOf(one);
  const child: Node = {
    '@message': attribute(outcome === 'skipped' ? (one.expectedFailure ?? one.message ?? one.status) : message),
    '@type': attribute(outcome === 'failure' ? (found?.finding.kind ?? one.rule) : one.status),
    '#text': xmlSafe(text),
  };
  return {
    '@classname': attribute(`${report.contract.name}.${one.operation}`),
    '@name': attribute(one.id),
    '@time': seconds(one.durationMs),
    ...(outcome === 'passed' ? {} : { [outcome]: outcome === 'skipped' ? { '@message': child['@message'] } : child }),
  };
}

function warning(one: CaseResult, found: { finding: Finding } | undefined): string {
  return `${found?.finding.level ?? one.level} not kept: ${one.id}: ${shorten(found?.finding.message ?? one.message ?? one.title, 2000)}`;
}

/** An attribute is one line: XML readers turn its line feeds into spaces. */
function attribute(text: string): string {
  return visible(shorten(xmlSafe(text).replace(/\n/g, ' '), 4000));
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function hostname(url: string): string {
  try {
    return attribute(new URL(url).hostname) || 'localhost';
  } catch {
    return 'localhost';
  }
}
