/** The file of failures that are known: read it, check it, write it anew. */
import { existsSync } from 'node:fs';
import picomatch from 'picomatch';
import type { Entry } from './config/yaml-file.ts';
import { UsageError } from './errors.ts';
import { didYouMean } from './suggest.ts';
import type { CaseResult, Finding, Report } from '../model/index.ts';
import { isNamed } from '../run/expected.ts';

export interface ExpectedFailure {
  /** A case id, or a glob over case ids; of an entry by finding one case that shows it. */
  pattern: string;
  /** Ids of the causes of a finding, its own id first: then these are expected, and not the case alone. */
  causes?: readonly string[];
  reason: string;
  /** Last day on which it is expected. */
  expires?: string;
  line?: number;
}

const KEYS = ['finding', 'with', 'case', 'cases', 'reason', 'expires'];
const SHAPE = 'a list of entries such as { case: "round-trip.*", reason: "…", expires: 2030-01-31 }';

/**
 * @param file its path
 * @param mayBeMissing a file that is yet to be written
 * @throws UsageError with file and line
 */
export async function readExpectedFailures(file: string, mayBeMissing: boolean): Promise<ExpectedFailure[]> {
  if (mayBeMissing && !existsSync(file)) return [];
  const { YamlFile } = await import('./config/yaml-file.ts');
  const yaml = new YamlFile(file, file);
  if (yaml.empty) return [];
  return yaml.items([], `the file (it holds ${SHAPE})`).map((_item, index) => {
    const entries = new Map(yaml.entries([index], `an entry (the file holds ${SHAPE})`).map((one) => [one.key, one]));
    for (const { key, at } of entries.values()) {
      if (!KEYS.includes(key)) {
        throw new UsageError(`${at}: unknown key ${key}; an entry has ${KEYS.join(', ')}.${didYouMean(key, KEYS)}`);
      }
    }
    const at = yaml.at([index]);
    const expires = dayOf(entries.get('expires'));
    const causes = causesIn(entries);
    return {
      pattern: textOf(entries.get('case'), 'case: the id of a case, or a glob', at),
      ...(causes === undefined ? {} : { causes }),
      reason: textOf(entries.get('reason'), 'reason: why it is expected', at),
      ...(expires === undefined ? {} : { expires }),
      line: Number(/:(\d+)$/.exec(at)?.[1] ?? 1),
    };
  });
}

/** The finding's id, and those of what is told with it. */
function causesIn(entries: ReadonlyMap<string, Entry>): string[] | undefined {
  const finding = entries.get('finding');
  if (finding === undefined) return undefined;
  const others = entries.get('with')?.value ?? [];
  if (!Array.isArray(others) || !others.every((one): one is string => typeof one === 'string'))
    throw new UsageError(`${entries.get('with')?.at ?? ''}: with has to be a list of ids of findings.`);
  return [textOf(finding, 'finding: the id of a finding', finding.at), ...others];
}

function textOf(entry: Entry | undefined, what: string, at: string): string {
  if (typeof entry?.value === 'string' && entry.value.trim() !== '') return entry.value;
  throw new UsageError(`${entry?.at ?? at}: an entry needs a ${what}.`);
}

function dayOf(entry: Entry | undefined): string | undefined {
  if (entry === undefined || entry.value === null) return undefined;
  const text = typeof entry.value === 'string' ? entry.value : JSON.stringify(entry.value);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (day === undefined || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text) {
    throw new UsageError(`${entry.at}: expires has to be a day such as 2030-01-31, not ${JSON.stringify(text)}.`);
  }
  return text;
}

/** A list is read by people: what it is about, not the values of one run. */
function summaryOf({ kind, operation, field }: Finding): string {
  return `${kind}: ${[operation, field].filter((part) => part !== undefined).join(' ')}`;
}

/**
 * The file as it has to be for this run to be green: entries that still hold stay with their reasons, stale ones go, new ones come.
 *
 * @param report the run
 * @param before the entries so far
 * @param strict whether SHOULD counts
 */
export function expectedFailuresText(report: Report, before: readonly ExpectedFailure[], strict: boolean): string {
  const broken = report.cases.filter(({ status }) => status === 'fail' || status === 'warn');
  const today = report.startedAt.slice(0, 10);
  const namedBy = (entry: ExpectedFailure): ((result: CaseResult) => boolean) => {
    const matches = picomatch(entry.pattern, { bash: true });
    return (result) => isNamed(entry, result, (id) => id === entry.pattern || matches(id));
  };
  const kept = before.filter((entry) => {
    if (entry.expires !== undefined && entry.expires < today) return false;
    const named = report.cases.filter(namedBy({ ...entry, causes: undefined }));
    // What this run did not ask stays as it is.
    const asked = named.some(({ status }) => status === 'pass' || status === 'fail' || status === 'warn');
    return !asked || broken.some(namedBy(entry));
  });
  const known = kept.map(namedBy);
  const isOpen = (result: CaseResult): boolean => !known.some((names) => names(result));
  const failed = broken.filter((result) => (strict || result.status === 'fail') && isOpen(result));
  const fresh = report.findings.flatMap((finding): Written[] => {
    const [first, ...more] = failed.filter(({ id }) => finding.cases.includes(id));
    if (!first || !(strict || finding.level === 'MUST')) return [];
    const causes = [finding.id, ...finding.causes.filter((cause) => cause !== finding.id)];
    return [
      {
        pattern: first.id,
        causes,
        count: more.length + 1,
        reason: `${summaryOf(finding)} (as of ${today}; say here why this is accepted)`,
      },
    ];
  });
  // A report of a version before breaches were data has no causes to go by.
  const told = new Set(report.findings.flatMap(({ cases }) => cases));
  const rest = failed
    .filter(({ id }) => !told.has(id))
    .map(({ id, message }): Written => ({
      pattern: id,
      reason: `${message ?? 'it fails'} (as of ${today}; say here why this is accepted)`,
    }));
  const entries: Written[] = [
    ...kept.map((entry) => (entry.causes ? { ...entry, count: broken.filter(namedBy(entry)).length } : entry)),
    ...fresh,
    ...rest,
  ];
  return [
    '# Failures that are known, for `ringtrue run --expected-failures`. An entry that no longer fails is stale and fails the run.',
    '# finding: the id of a finding (with: what is told with it) · case: one of its cases; without finding a case or a glob, which is accepted by itself',
    '# cases: how many cases show it · reason: why it is accepted · expires: the last day on which it is (optional)',
    ...(entries.length === 0 ? ['[]'] : []),
    ...entries.flatMap(entryLines),
    '',
  ].join('\n');
}

/** An entry as it is written, with the number of its cases. */
interface Written extends ExpectedFailure {
  count?: number;
}

function entryLines({ pattern, causes, reason, expires, count }: Written): string[] {
  const [finding, ...others] = causes ?? [];
  return [
    ...(finding === undefined
      ? [`- case: ${JSON.stringify(pattern)}`]
      : [
          `- finding: ${JSON.stringify(finding)}`,
          ...(others.length === 0 ? [] : [`  with: ${JSON.stringify(others)}`]),
          ...(count === undefined || count === 0 ? [] : [`  cases: ${String(count)}`]),
          `  case: ${JSON.stringify(pattern)}`,
        ]),
    `  reason: ${JSON.stringify(reason)}`,
    ...(expires === undefined ? [] : [`  expires: ${expires}`]),
  ];
}
