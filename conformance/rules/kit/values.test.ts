import { describe, expect, it } from 'vitest';
import type { Contract, Schema } from '../../contract/types.ts';
import type { Session } from '../types.ts';
import { makeBody } from './values.ts';

const fresh = {
  token: 'rtabc',
  int: (_name: string, below: number) => 3 % below,
  hex: (_name: string, length: number) => 'a1'.repeat(length).slice(0, length),
};

/** What is made for a property that a plain document has this schema for. */
function made(schema: Schema, schemas: Record<string, unknown> = {}): unknown {
  const contract = { document: { components: { schemas } }, requirements: [] } as unknown as Contract;
  const session = { contract, fresh: () => fresh } as unknown as Session;
  const field = { name: 'p', required: true, schema, pointer: '/components/schemas/P', refusedFixtures: {} };
  return makeBody(session, [field], undefined, 'key').p;
}

describe('a value is made of', () => {
  it.each([
    ['time', /^03:03:03Z$/],
    ['duration', /^PT4M$/],
    ['hostname', /^rt-a1a1a1a1\.ringtrue\.example$/],
    ['ipv4', /^192\.0\.2\.4$/],
    ['ipv6', /^2001:db8::4$/],
    ['uri-reference', /^\/ringtrue\/rtabc\/p$/],
    ['byte', /^[A-Za-z0-9+/]+=*$/],
    ['binary', /^RingTrue rtabc p\n$/],
    ['password', /^Rt1!/],
    ['decimal', /^4\.\d\d5$/],
    ['int64', /^4$/],
    ['json-pointer', /^\/ringtrue\/rtabc$/],
    ['of nobody', /^rt-rtabc-p$/],
  ])('the format %s', (format, expected) => {
    expect(made({ type: 'string', format })).toMatch(expected);
  });

  it('a format whose length has no room for it is not made', () => {
    expect(made({ type: 'string', format: 'hostname', maxLength: 3 })).toBeUndefined();
    expect(made({ type: 'string', format: 'of nobody', maxLength: 6 })).toBe('rtabc');
    expect(made({ type: 'string', format: 'of nobody', minLength: 14 })).toHaveLength(14);
  });

  it('the first branch that is more than null, with its own bounds', () => {
    const day = { type: 'string', format: 'date' };
    expect(made({ anyOf: [{ type: 'null' }, day, { type: 'integer' }] })).toMatch(/^2098-/);
    expect(made({ oneOf: [{ $ref: '#/components/schemas/Day' }] }, { Day: day })).toMatch(/^2098-/);
  });

  it('all parts of allOf', () => {
    const kind = { type: 'string', enum: ['a'] };
    expect(made({ allOf: [{ $ref: '#/components/schemas/Kind' }], description: 'd' }, { Kind: kind })).toBe('a');
    const one = { properties: { a: { type: 'boolean' } }, required: ['a'] };
    const two = { properties: { b: { const: 2 } }, required: ['b'] };
    expect(made({ allOf: [one, two] })).toEqual({ a: true, b: 2 });
  });

  it('bytes that are written as they are', () => {
    expect(made({ contentMediaType: 'application/octet-stream' })).toBe('RingTrue rtabc p\n');
  });

  it('no branch that leads to itself alone', () => {
    const loop = { anyOf: [{ $ref: '#/components/schemas/Loop' }] };
    expect(made({ anyOf: [{ $ref: '#/components/schemas/Loop' }] }, { Loop: loop })).toBeUndefined();
  });
});
