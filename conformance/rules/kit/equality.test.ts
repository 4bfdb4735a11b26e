import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, isEqual } from './equality.ts';

const decimalText = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.stringMatching(/^\d{0,20}$/))
  .map(([whole, fraction]) => (fraction === '' ? String(whole) : `${String(whole)}.${fraction}`));

describe('decimal', () => {
  it('zeros in front and behind say nothing', () => {
    fc.assert(
      fc.property(decimalText, fc.nat(5), fc.nat(5), (text, before, behind) => {
        const padded = `${'0'.repeat(before)}${text}${text.includes('.') ? '' : '.'}${'0'.repeat(behind)}`;
        expect(isEqual(text, padded, 'decimal')).toBe(true);
        expect(isEqual(padded, text, 'decimal')).toBe(true);
      }),
    );
  });

  it('another last digit is another number, however many digits there are', () => {
    fc.assert(
      fc.property(decimalText, fc.integer({ min: 1, max: 9 }), (text, digit) => {
        expect(isEqual(text, `${text}${text.includes('.') ? '' : '.'}${String(digit)}`, 'decimal')).toBe(false);
      }),
    );
  });

  it('a text that is no number equals nothing, not even itself', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/\d/.test(text)),
        (text) => {
          expect(isEqual(text, text, 'decimal')).toBe(false);
        },
      ),
    );
  });
});

describe('instant', () => {
  const moment = fc.date({
    min: new Date('1970-01-01T00:00:00Z'),
    max: new Date('2099-12-31T23:59:59Z'),
    noInvalidDate: true,
  });

  it('the offset in which it is told says nothing', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, minutes) => {
        const two = (value: number): string => String(Math.abs(value)).padStart(2, '0');
        const offset = `${minutes < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
        const local = new Date(date.getTime() + minutes * 60_000).toISOString().replace('Z', offset);
        expect(isEqual(date.toISOString(), local, 'instant')).toBe(true);
        expect(instant(local)).toBe(date.getTime());
      }),
    );
  });

  it('another millisecond is another instant', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 1_000_000 }), (date, later) => {
        expect(isEqual(date.toISOString(), new Date(date.getTime() + later).toISOString(), 'instant')).toBe(false);
      }),
    );
  });
});

describe('exact', () => {
  it('a JSON value equals itself after a journey as text, in any order of its members', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const back: unknown = JSON.parse(JSON.stringify(value));
        expect(isEqual(JSON.parse(JSON.stringify(value)), back, 'exact')).toBe(true);
      }),
    );
  });

  it('two texts are equal when they have the same code units', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
        expect(isEqual(left, right, 'exact')).toBe(left === right);
      }),
    );
    expect(isEqual('caf\u00e9', 'cafe\u0301', 'exact')).toBe(false);
  });
});

describe('json', () => {
  const pairs = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.oneof(fc.string(), fc.integer(), fc.boolean()), {
    minKeys: 1,
    noNullPrototype: true,
  });

  it('what is ignored may differ or be left out, and nothing else', () => {
    fc.assert(
      fc.property(pairs, fc.nat(), fc.nat(), (sent, choice, other) => {
        const keys = Object.keys(sent);
        const key = keys[choice % keys.length] ?? '';
        const masked = { ...sent, [key]: ['***'] };
        const without = Object.fromEntries(Object.entries(sent).filter(([name]) => name !== key));
        expect(isEqual(sent, masked, 'json', [`/${key}`])).toBe(true);
        expect(isEqual(sent, without, 'json', [`/${key}`])).toBe(true);
        expect(isEqual(sent, masked, 'json')).toBe(false);
        expect(isEqual(sent, without, 'json')).toBe(false);
        const second = keys[other % keys.length] ?? '';
        if (second !== key) expect(isEqual(sent, { ...sent, [second]: ['***'] }, 'json', [`/${key}`])).toBe(false);
      }),
    );
  });

  it('a star stands for every item of a list', () => {
    fc.assert(
      fc.property(fc.array(pairs, { minLength: 1 }), (items) => {
        const sent = items.map((item, index) => ({ ...item, Secret: String(index) }));
        const got = items.map((item) => ({ ...item, Secret: '***' }));
        expect(isEqual(sent, got, 'json', ['/*/Secret'])).toBe(true);
        expect(isEqual(sent, got, 'json')).toBe(false);
      }),
    );
  });

  it('a list is compared item by item, in its order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 2 }), (list) => {
        expect(isEqual(list, [...list].reverse(), 'json')).toBe(false);
        expect(isEqual(list, list.slice(1), 'json')).toBe(false);
      }),
    );
  });
});
