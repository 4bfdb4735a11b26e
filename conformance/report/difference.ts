/**
 * Says in a few words how a value that came back differs from the one that was sent. Two values that look alike on a screen
 * (composed and decomposed é, an outer space) are the reason: a reader must not have to compare them by eye.
 */
import type { Evidence } from '../model/index.ts';

/**
 * @param sent what was sent
 * @param got what came back
 * @returns words that go on from "differs": `in case only`, `from character 5`, `a number, not text`
 */
export function difference(sent: unknown, got: unknown): string {
  if (got === null) return 'null';
  if (typeof sent !== typeof got || Array.isArray(sent) !== Array.isArray(got)) {
    return `${kindOf(got)}, not ${kindOf(sent)}`;
  }
  if (typeof sent !== 'string' || typeof got !== 'string') return 'another value';
  if (got === '') return 'empty';
  if (sent.toLowerCase() === got.toLowerCase()) return 'other case';
  if (sent.trim() === got.trim()) return 'outer spaces lost';
  if (sent.normalize('NFC') === got.normalize('NFC')) return 'other Unicode form';
  if (sent.startsWith(got)) return `cut after ${String(length(got))} of ${String(length(sent))} characters`;
  const at = firstDifference(sent, got);
  return at === 0 ? 'another value' : `differs from character ${String(at + 1)}`;
}

/**
 * @param row a row of the evidence
 * @param evidence the evidence that it belongs to
 * @returns the verdict on the row in a few words
 */
export function judgeRow(row: Evidence['got'][number], evidence: Evidence): string {
  if (row.ok && row.missing === true) return 'absent, as it may be';
  // A status is the answer to what was sent, and not the value come back.
  if (row.where === 'status') return row.ok ? 'as the contract says' : 'not as the contract says';
  if (row.ok) return evidence.sent === undefined ? 'as the contract says' : 'as sent';
  if (row.missing === true) return 'missing';
  return evidence.sent === undefined ? 'not as the contract says' : difference(evidence.sent, row.got);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'string') return 'a text';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function length(text: string): number {
  return Array.from(text.slice(0, 10_000)).length;
}

function firstDifference(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  return at;
}
