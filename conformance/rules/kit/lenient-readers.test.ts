import { describe, expect, it } from 'vitest';
import { enumMutations } from './enum-mutations.ts';
import { patternMutations } from './pattern-mutations.ts';

describe('values that a list of texts forbids', () => {
  const valuesOf = (schema: Record<string, unknown>) => enumMutations(schema, 'tint').map(({ value }) => value);

  it('are places in the list, and right values with spaces or in another case', () => {
    expect(valuesOf({ enum: ['RED', 'BLUE'] })).toEqual(['RINGTRUE_UNKNOWN', 'RED ', ' RED', 'red', ...[0, 1], '1']);
  });

  it('have the place 0 alone where the list has one value', () => {
    expect(valuesOf({ const: 'RED' }).slice(4)).toEqual([0, '0']);
  });

  it('are none that the list holds', () => {
    expect(valuesOf({ enum: ['1', '2', ' 1'] })).toEqual(['RINGTRUE_UNKNOWN', '1 ', 0, 1]);
    expect(valuesOf({ enum: ['one', 1] })).not.toContain(1);
    expect(valuesOf({ enum: [1, 2] })).toEqual([]);
  });
});

describe('texts that other regular expressions match', () => {
  const made = (pattern: string, valid: unknown, listed: unknown[] = []) =>
    patternMutations({ pattern }, 'code', listed).map(({ value }) => value(valid));

  it('have a digit that is not ASCII, or a line break at the end', () => {
    expect(made(String.raw`^[A-Z]\d{1,4}$`, 'A12')).toEqual(['A1\u0662', 'A12\n']);
  });

  it('keep all digits of a number that could be dialled, so that a lenient dialler reads no other number', () => {
    expect(made(String.raw`^\+[1-9]\d{1,14}$`, '+12125550147')).toEqual(['+12125550147\u0667', '+12125550147\n']);
  });

  it('are not made of a value that the pattern does not match, or that has nothing to change', () => {
    expect(made(String.raw`^\d+$`, 'free')).toEqual([undefined, undefined]);
    expect(made(String.raw`^\w\d?$`, 'a')).toEqual([undefined, 'a\n']);
    expect(made(String.raw`^\d+$`, 5)).toEqual([undefined, undefined]);
  });

  it('are not made where the pattern matches them too, or where the contract lists one', () => {
    expect(made(String.raw`^\S+\d?\s*$`, 'x1')).toEqual([undefined, undefined]);
    expect(made('^[0-9]+$', '12', ['12\n'])).toEqual([]);
  });
});
