import { describe, expect, it } from 'vitest';
import { checkRequirements } from './check-requirements.ts';
import { requirementFor } from './requirement-rows.ts';
import { readRequirements, RequirementsError } from './requirements.ts';
import type { Requirement } from './types.ts';

const row = `
requirements:
  - id: VC-ONE
    level: MUST
    sentence: One is one.
    source: record
    rules: [accepts]
    fields: [a]
`;

function problemsOf(text: string): string[] {
  try {
    readRequirements(text, 'x.yaml');
  } catch (error) {
    if (error instanceof RequirementsError) return error.problems;
    throw error;
  }
  return [];
}

describe('readRequirements', () => {
  it('reads a row', () => {
    expect(readRequirements(row, 'x.yaml')).toEqual([
      { id: 'VC-ONE', level: 'MUST', sentence: 'One is one.', source: 'record', rules: ['accepts'], fields: ['a'] },
    ]);
  });

  it('an untested row has no rules and a reason', () => {
    const text = row.replace('rules: [accepts]\n    fields: [a]', 'untested: Nobody can.');
    expect(readRequirements(text, 'x.yaml')[0]).toMatchObject({ rules: [], untested: 'Nobody can.' });
  });

  it.each([
    ['no list', 'requirements: 1', 'x.yaml: there is no list `requirements`.'],
    ['no YAML', 'requirements: [', 'x.yaml:1: '],
    ['an unknown property', row.replace('source:', 'sauce:'), 'x.yaml:3: VC-ONE has an unknown property sauce'],
    ['no source', row.replace('source: record', 'source: ""'), 'VC-ONE needs a source.'],
    ['no level', row.replace('MUST', 'must'), 'VC-ONE needs a level: MUST, SHOULD, MAY.'],
    ['an id in small letters', row.replace('VC-ONE', 'one'), 'needs an id in capitals'],
    ['neither rule nor reason', row.replace('rules: [accepts]\n', '\n'), 'VC-ONE has neither rules nor untested'],
    ['both rule and reason', row.replace('fields: [a]', 'untested: x'), 'VC-ONE has both rules and untested'],
    [
      'an empty reason',
      row.replace('rules: [accepts]\n    fields: [a]', 'untested: ""'),
      'VC-ONE says untested without a reason.',
    ],
    ['rules that are no list', row.replace('[accepts]', 'accepts'), 'VC-ONE has rules that are no list of names.'],
    ['a row that is no map', 'requirements: [VC-ONE]', 'x.yaml:1: a requirement is a map'],
    ['an id twice', row + row.slice(row.indexOf('  - id')), 'VC-ONE stands in line 3 already'],
  ])('%s is refused, and the place is told', (_title, text, message) => {
    expect(problemsOf(text).join('\n')).toContain(message);
  });

  it('tells every problem of a file at once', () => {
    expect(problemsOf(row.replace('MUST', 'must').replace('source: record', 'source: ""'))).toHaveLength(2);
  });
});

describe('requirementFor', () => {
  const make = (id: string, more: Partial<Requirement> = {}): Requirement => ({
    id,
    level: 'MUST',
    sentence: '',
    rules: ['r'],
    ...more,
  });
  const rows = [
    make('GENERAL'),
    make('OPERATION', { operations: ['op'] }),
    make('FIELD', { fields: ['f'] }),
    make('FIELD-SHOULD', { fields: ['f'], level: 'SHOULD' }),
    make('BOTH', { operations: ['op2'], fields: ['f'] }),
    make('OTHER-RULE', { rules: ['s'], operations: ['op'], fields: ['f'] }),
  ];

  it.each([
    ['GENERAL', { rule: 'r' }],
    ['GENERAL', { rule: 'r', operation: 'another', field: 'g' }],
    ['OPERATION', { rule: 'r', operation: 'op', field: 'g' }],
    ['FIELD', { rule: 'r', operation: 'op', field: 'f' }],
    ['FIELD-SHOULD', { rule: 'r', operation: 'op', field: 'f', level: 'SHOULD' as const }],
    ['BOTH', { rule: 'r', operation: 'op2', field: 'f', level: 'MUST' as const }],
    ['FIELD-SHOULD', { rule: 'r', operation: 'op2', field: 'f', level: 'SHOULD' as const }],
    ['OTHER-RULE', { rule: 's', operation: 'op', field: 'f' }],
    [undefined, { rule: 's', operation: 'op' }],
    [undefined, { rule: 'unknown' }],
  ])('%s is the row for %j', (id, key) => {
    expect(requirementFor(rows, key)?.id).toBe(id);
  });
});

describe('checkRequirements', () => {
  const document = {
    paths: {
      '/a': {
        post: {
          operationId: 'makeA',
          requestBody: { content: { 'application/json': { schema: { properties: { a: {} } } } } },
          responses: { 200: { content: { 'application/json': { schema: { properties: { id: {} } } } } } },
        },
      },
    },
  };
  const rows = (more: Partial<Requirement>): Requirement[] => [
    { id: 'X-1', level: 'MUST', sentence: 's', rules: ['accepts'], ...more },
  ];

  it('finds nothing where every name exists', () => {
    const narrow = rows({ operations: ['makeA'], fields: ['a', 'id'] });
    expect(checkRequirements([...rows({}), ...narrow], document, ['accepts'])).toEqual([]);
  });

  it('a rule that does not exist is told', () => {
    expect(checkRequirements(rows({ rules: ['acepts'] }), document, ['accepts'])[0]).toBe(
      'X-1 names the rule acepts, which does not exist. Did you mean accepts?',
    );
  });

  it('an operation and a field that do not exist are told', () => {
    const problems = checkRequirements([...rows({}), ...rows({ operations: ['makeB'], fields: ['b'] })], document, [
      'accepts',
    ]);
    expect(problems.join('\n')).toContain('names the operation makeB, which does not exist. Did you mean makeA?');
    expect(problems.join('\n')).toContain('names the field b, which does not exist.');
  });
});
