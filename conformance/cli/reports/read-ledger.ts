/** Reads the file that `ringtrue run --ledger` wrote. */
import { resolve } from 'node:path';
import type { LedgerEntry } from '../../model/index.ts';
import { UsageError } from '../errors.ts';
import { readBounded } from '../read-file.ts';
import { reasonOf } from '../reason.ts';

/** More records than any run makes. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * @param file as the user named it
 * @param cwd the folder in which the user is
 * @returns its lines in order, and whether the last one is incomplete and was left out
 * @throws UsageError when it cannot be read or is no ledger
 */
export function readLedger(file: string, cwd: string): { entries: LedgerEntry[]; cut: boolean } {
  let text: string;
  try {
    text = readBounded(resolve(cwd, file), { most: MOST_BYTES }).replace(/^\uFEFF/, '');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
  const lines = text.split('\n');
  // A run that was killed, or a disk that was full, leaves half a line at the end.
  const last = lines.pop() ?? '';
  const whole = last.trim() !== '' && parsed(last) !== undefined;
  if (whole) lines.push(last);
  const entries = lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const entry = parsed(line);
    if (!entry)
      throw new UsageError(
        `${file} is no ledger of RingTrue: line ${String(index + 1)} names no record. \`ringtrue run --ledger FILE\` writes one.`,
      );
    return [entry];
  });
  const cut = last.trim() !== '' && !whole;
  if (cut && entries.length === 0)
    throw new UsageError(
      `${file} is no ledger of RingTrue: line 1 names no record. \`ringtrue run --ledger FILE\` writes one.`,
    );
  return { entries, cut };
}

function parsed(line: string): LedgerEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  return isEntry(value) ? value : undefined;
}

function isEntry(value: unknown): value is LedgerEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { operation, url, at, id, marker, status, unconfirmed, deleted } = value as Record<string, unknown>;
  const maybe = (one: unknown, type: string): boolean => one === undefined || typeof one === type;
  return (
    [operation, url, at].every((one) => typeof one === 'string') &&
    maybe(id, 'string') &&
    maybe(marker, 'string') &&
    maybe(status, 'number') &&
    maybe(unconfirmed, 'boolean') &&
    (deleted === undefined || (typeof deleted === 'object' && deleted !== null))
  );
}
