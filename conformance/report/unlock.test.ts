/** What the head of a report says of a document that was judged in part. */
import { describe, expect, it } from 'vitest';
import type { CaseResult, Report } from '../model/index.ts';
import { unjudgedLines } from './summary.ts';
import { roundTripClause, unlocking } from './unlock.ts';

const result = (one: Partial<CaseResult>): CaseResult => ({
  id: 'a',
  rule: 'round-trip',
  requirement: 'R',
  level: 'MUST',
  title: 'a',
  operation: 'createA',
  status: 'pass',
  durationMs: 0,
  ...one,
});
const report = (cases: CaseResult[], reasons: Record<string, string> = {}): Report =>
  ({
    cases,
    untouched: Object.entries(reasons).map(([id, reason]) => ({ kind: 'operation', id, reason })),
  }) as unknown as Report;

describe('the head of a report', () => {
  it('counts the round-trips that were judged, and the writes that they belong to', () => {
    const cases = [result({}), result({ status: 'not-tested', operation: 'createB' })];
    expect(roundTripClause(report(cases))).toBe('1 of 2 round-trips (in 1 of 2 writes)');
    expect(roundTripClause(report([result({ rule: 'answers' })]))).toBeUndefined();
  });

  it('names the fixture that most operations wait for, those that wait for a record included', () => {
    const cases = [result({ operation: 'getB', status: 'not-tested', blockedBy: 'accepts|createB' })];
    const found = unlocking(
      report(cases, {
        getA: 'getA needs slug; a value that exists helps: --fixture slug=…',
        createB: 'createB answered 400; a value that it takes helps: --fixture createB.kind=…',
        getB: 'no record to ask about: createB answered 400 to a valid request',
        reset: 'reset is not sent: its name says reset',
      }),
    );
    expect(found).toEqual([
      { fixture: 'createB.kind', operations: 2 },
      { fixture: 'slug', operations: 1 },
    ]);
  });

  it('tells one reason of many operations in one line', () => {
    const lines = unjudgedLines([
      { id: 'deleteA', reason: 'deleteA removes records that the run cannot make' },
      { id: 'deleteB', reason: 'deleteB removes records that the run cannot make' },
    ]);
    expect(lines).toEqual(['removes records that the run cannot make: deleteA, deleteB']);
  });
});
