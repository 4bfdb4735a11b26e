/** The file of failures that are known: read it, check it, write it anew. */
import { existsSync } from 'node:fs';
import picomatch from 'picomatch';
import type { Entry } from './config/yaml-file.ts';
import { UsageError } from './errors.ts';
import { didYouMean } from './suggest.ts';
import type { Finding, Report } from '../model/index.ts';

export interface ExpectedFailure {
  /** A case id, or a glob over case ids. */
  pattern: string;
  reason: string;
  /** Last day on which it is expected. */
  expires?: string;
  line?: number;
}

const KEYS = ['case', 'reason', 'expires'];
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
    return {
      pattern: textOf(entries.get('case'), 'case: the id of a case, or a glob', at),
      reason: textOf(entries.get('reason'), 'reason: why it is expected', at),
      ...(expires === undefined ? {} : { expires }),
      line: Number(/:(\d+)$/.exec(at)?.[1] ?? 1),
    };
  });
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
  const failed = broken.filter(({ status }) => strict || status === 'fail');
  const today = report.startedAt.slice(0, 10);
  const kept = before.filter(({ pattern, expires }) => {
    const matches = picomatch(pattern, { bash: true });
    if (expires !== undefined && expires < today) return false;
    const named = report.cases.filter(({ id }) => id === pattern || matches(id));
    // What this run did not ask stays as it is.
    const asked = named.some(({ status }) => status === 'pass' || status === 'fail' || status === 'warn');
    return !asked || broken.some(({ id }) => id === pattern || matches(id));
  });
  const matchers = kept.map(({ pattern }) => picomatch(pattern, { bash: true }));
  const fresh = failed.filter(
    ({ id }) => !kept.some(({ pattern }) => pattern === id) && !matchers.some((matches) => matches(id)),
  );
  const causes = new Map(report.findings.flatMap((finding) => finding.cases.map((id) => [id, summaryOf(finding)])));
  const entries = [
    ...kept,
    ...fresh.map(({ id, message }): ExpectedFailure => ({
      pattern: id,
      reason: `${causes.get(id) ?? message ?? 'it fails'} (as of ${today}; say here why this is accepted)`,
    })),
  ];
  return [
    '# Failures that are known, for `ringtrue run --expected-failures`. An entry that no longer fails is stale and fails the run.',
    '# case: the id of a case, or a glob · reason: why it is accepted · expires: the last day on which it is (optional)',
    ...(entries.length === 0 ? ['[]'] : []),
    ...entries.flatMap(({ pattern, reason, expires }) => [
      `- case: ${JSON.stringify(pattern)}`,
      `  reason: ${JSON.stringify(reason)}`,
      ...(expires === undefined ? [] : [`  expires: ${expires}`]),
    ]),
    '',
  ].join('\n');
}
