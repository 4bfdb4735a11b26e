/** Reads a JSON report that an earlier run wrote. */
import { resolve } from 'node:path';
import type { Report } from '../../model/index.ts';
import { reasonOf } from '../reason.ts';
import { readBounded } from '../read-file.ts';
import { UsageError } from '../errors.ts';

/** What fits into one text. */
const MOST_BYTES = 500 * 1024 * 1024;

/** @throws UsageError when it is none */
export function readReport(file: string, cwd: string): Report {
  let text: string;
  try {
    text = readBounded(resolve(cwd, file), { most: MOST_BYTES });
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is no JSON; a report is written with --report json=FILE.`);
  }
  const version = isMap(report) ? report['schemaVersion'] : undefined;
  if (typeof version === 'number' && version !== 1) {
    throw new UsageError(`${file} has schemaVersion ${String(version)}; this version of RingTrue reads 1.`);
  }
  if (version !== 1 || !isReport(report)) {
    throw new UsageError(`${file} is no JSON report of RingTrue; one is written with --report json=FILE.`);
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

const MAPS = ['tool', 'contract', 'target', 'summary'];

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isShard(index: unknown, count: unknown): boolean {
  return Number.isSafeInteger(index) && Number.isSafeInteger(count) && Number(index) >= 1 && Number(count) <= 10_000;
}

/** Whether it has the parts that are read; the schema of the report is not checked anew. */
function isReport(value: unknown): value is Report {
  if (!isMap(value)) return false;
  const { shard } = value;
  if (shard !== undefined && !(isMap(shard) && isShard(shard['index'], shard['count']))) return false;
  return LISTS.every((name) => Array.isArray(value[name])) && MAPS.every((name) => isMap(value[name]));
}
