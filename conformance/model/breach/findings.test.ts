import { describe, expect, it } from 'vitest';
import type { Breach, CaseResult, Level, Seen } from '../index.ts';
import { differenceOf } from './difference.ts';
import { findingsOf } from './findings.ts';

interface Part {
  operation?: string;
  field?: string;
  level?: Level;
  way?: string;
}

function failed(
  id: string,
  breach: Breach,
  { operation = 'createCall', field, level = 'MUST', way }: Part = {},
): CaseResult {
  const own = { breach, level, operation, field, contract: { pointer: '#' }, exchangeIds: [] };
  const status = level === 'MUST' ? 'fail' : 'warn';
  return {
    id,
    rule: 'r',
    requirement: 'R',
    level: 'MUST',
    title: 't',
    operation,
    field,
    way,
    status,
    durationMs: 1,
    breaches: [own],
  };
}

const context = {
  requirements: [{ id: 'R', level: 'MUST' as const, sentence: 'A sentence.' }],
  operations: ['createCall', 'updateCall'].map((operationId) => ({
    operationId,
    method: 'POST',
    path: '/calls',
    tags: [],
    requestFields: [],
    responseFields: [],
  })),
};
const missing = (where: string): Seen => ({ where, missing: true, ok: false });
const lost = (field: string, where: string): CaseResult =>
  failed(
    `${field}.${where}`,
    { kind: 'not-persisted', field, sent: 'x', as: 'missing', seen: [missing(where)] },
    { field, way: where },
  );
const accepted = (field: string, value: unknown, operation = 'createCall'): CaseResult => {
  const asked = { of: 'invalid', alteration: 'wrong-type', at: `/${field}`, value } as const;
  const breach: Breach = { kind: 'accepted-invalid', field, status: 201, expected: ['400'], asked };
  return failed(`${operation}.${field}.${typeof value}`, breach, { field, operation });
};

describe('breaches put together', () => {
  it('are one finding for one value, whichever places show it, in whatever order they come', () => {
    const cases = ['get', 'list', 'create response'].map((where) => lost('rate', where));
    const [finding, ...more] = findingsOf(cases, context);
    expect(more).toEqual([]);
    expect(finding?.message).toBe(
      'rate was sent to POST /calls as "x" and accepted; the create response, GET and the list return no rate.',
    );
    expect(findingsOf([...cases].reverse(), context)).toEqual([finding]);
  });

  it('never name a field that does not show the same', () => {
    const cases = [accepted('rate', 1), accepted('rate', true), accepted('status', true), accepted('price', 1)];
    const findings = findingsOf(cases, context);
    expect(findings.map(({ causes }) => causes)).toEqual([
      ['accepted-invalid.price'],
      ['accepted-invalid.rate'],
      ['accepted-invalid.status'],
    ]);
    expect(findings.map(({ message }) => message).join('\n')).not.toContain('The same holds');
  });

  it('name the fields that show the very same, with their values', () => {
    const cases = ['rate', 'price'].flatMap((field) => [accepted(field, 1), accepted(field, true)]);
    const [finding, ...more] = findingsOf(cases, context);
    expect(more).toEqual([]);
    expect(finding?.message).toMatch(/It accepts as well: price 1 \(a number\)\. The same holds for rate\.$/);
  });

  it('keep operations apart that accept different values', () => {
    const [finding] = findingsOf([accepted('rate', 1), accepted('rate', true, 'updateCall')], context);
    expect(finding?.message).toContain('updateCall accepts: rate true (a boolean).');
    expect(finding?.message).not.toContain('The same holds');
  });

  it('have the lost value before a wrong status, and say why a SHOULD stands below a MUST', () => {
    const status: Breach = { kind: 'other-status', status: 422, expected: ['400'], asked: { of: 'fact', fact: 'x' } };
    const findings = findingsOf([failed('a', status, { level: 'SHOULD' }), lost('rate', 'get')], context);
    expect(findings.map(({ kind, level }) => `${level} ${kind}`)).toEqual([
      'MUST not-persisted',
      'SHOULD other-status',
    ]);
    expect(findings[1]?.levelReason).toContain('RFC 9110');
  });
});

describe('how two values differ', () => {
  it.each([
    ['ABC', 'abc', { kind: 'lower-cased' }],
    [' a ', 'a', { kind: 'trimmed' }],
    ['abcdef', 'abc', { kind: 'truncated', to: 3, of: 6 }],
    ['007', '7', { kind: 'number-coercion' }],
    ['007', 7, { kind: 'number-coercion' }],
    ['e\u0301', '\u00e9', { kind: 'unicode' }],
    ['2026-01-02T03:04:05.123Z', '2026-01-02T03:04:05.123', { kind: 'time-zone-lost' }],
    ['2026-01-02T03:04:05Z', '2026-01-02T08:04:05Z', { kind: 'shifted', minutes: 300 }],
    ['a', 'a', { kind: 'same' }],
    ['a', null, { kind: 'null' }],
  ])('%j came back as %j', (sent, got, difference) => {
    expect(differenceOf(sent, got)).toEqual(difference);
  });

  it("is the record's own earlier value before it is another record's", () => {
    expect(differenceOf('new value', 'old value', { before: 'old value', others: ['old value'] })).toEqual({
      kind: 'stale',
    });
    expect(differenceOf('new value', 'old value', { others: ['old value'] })).toEqual({ kind: 'another-record' });
  });
});
