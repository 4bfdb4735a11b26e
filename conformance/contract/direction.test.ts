import { describe, expect, it } from 'vitest';
import { inDirection } from './direction.ts';
import type { SchemaBreach } from './validators.ts';

const document = {
  components: {
    schemas: {
      Pet: {
        type: 'object',
        required: ['id', 'name', 'secret'],
        properties: {
          id: { type: 'integer', readOnly: true },
          name: { type: 'string' },
          secret: { type: 'string', writeOnly: true },
          owner: { $ref: '#/components/schemas/Owner' },
        },
      },
      Owner: { type: 'object', required: ['id'], properties: { id: { type: 'integer', readOnly: true } } },
      Strict: { allOf: [{ $ref: '#/components/schemas/Pet' }, { required: ['id', 'name'] }] },
    },
  },
};
const pet = '/components/schemas/Pet';
const missing = (name: string, at = '', pointer = `${pet}/required`): SchemaBreach => ({
  at,
  missing: name,
  keyword: 'required',
  message: `must have required property '${name}'`,
  pointer,
});
const left = (breaches: SchemaBreach[], direction: 'request' | 'response', root = pet): (string | undefined)[] =>
  inDirection(document, root, breaches, direction).map((breach) => breach.missing ?? breach.keyword);

describe('a required property', () => {
  it('that is readOnly is required of responses only', () => {
    expect(left([missing('id'), missing('name')], 'request')).toEqual(['name']);
    expect(left([missing('id'), missing('name')], 'response')).toEqual(['id', 'name']);
  });

  it('that is writeOnly is required of requests only', () => {
    expect(left([missing('secret')], 'response')).toEqual([]);
    expect(left([missing('secret')], 'request')).toEqual(['secret']);
  });

  it('of a nested object, or of a part of an allOf that declares it elsewhere, alike', () => {
    expect(left([missing('id', '/owner', '/components/schemas/Owner/required')], 'request')).toEqual([]);
    const strict = '/components/schemas/Strict';
    expect(left([missing('id', '', `${strict}/allOf/1/required`)], 'request', strict)).toEqual([]);
    expect(left([missing('name', '', `${strict}/allOf/1/required`)], 'request', strict)).toEqual(['name']);
  });

  it('that is all that keeps a branch from fitting leaves no breach of the branching', () => {
    const one: SchemaBreach = {
      at: '',
      keyword: 'oneOf',
      message: 'must match exactly one schema',
      pointer: '/x/oneOf',
    };
    expect(left([missing('id'), one], 'request')).toEqual([]);
    expect(left([one], 'request')).toEqual(['oneOf']);
  });
});
