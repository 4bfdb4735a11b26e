/** Reads a JSON report that an earlier run wrote. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Report } from '../../model/index.ts';
import { reasonOf } from '../config/yaml-file.ts';
import { UsageError } from '../errors.ts';

/** @throws UsageError when it is none */
export function readReport(file: string, cwd: string): Report {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is no JSON; a report is written with --report json=FILE.`);
  }
  if (!isReport(report)) {
    throw new UsageError(`${file} is no JSON report of RingTrue; one is written with --report json=FILE.`);
  }
  if (report.schemaVersion !== 1) {
    throw new UsageError(
      `${file} has schemaVersion ${String(report.schemaVersion)}; this version of RingTrue reads 1.`,
    );
  }
  return report;
}

const LISTS = [
  'cases',
  'findings',
  'notes',
  'requirements',
  'operations',
  'untouched',
  'inferred',
  'fixtures',
  'ledger',
  'drift',
  'verifiedRequests',
];

function isReport(value: unknown): value is Omit<Report, 'schemaVersion'> & { schemaVersion: 1 } {
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value)) return false;
  const parts = value as Record<string, unknown>;
  const isMap = (part: unknown): boolean => typeof part === 'object' && part !== null;
  return (
    LISTS.every((name) => Array.isArray(parts[name])) &&
    ['tool', 'contract', 'target', 'summary'].every((name) => isMap(parts[name]))
  );
}
