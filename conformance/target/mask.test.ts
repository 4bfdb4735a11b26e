import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMasker } from './mask.ts';
import { unescaped, unescapeOnce } from './unescape.ts';

const secret = 'sekret-token-123';
const { text, header } = createMasker([secret]);

/** A certificate's or a mail's Base64, in which the secret goes over the end of the first line. */
function folded(width: number, end = '\n'): string {
  const all = Buffer.from(`${'x'.repeat(Math.floor((width * 3) / 4) - 8)}${secret}${'y'.repeat(60)}`).toString(
    'base64',
  );
  return (all.match(new RegExp(`.{1,${String(width)}}`, 'g')) ?? []).join(end);
}

describe('a secret is masked', () => {
  const basic = (value: string): string => Buffer.from(value).toString('base64');
  const percent = Array.from(secret, (c) => `%${c.charCodeAt(0).toString(16)}`).join('');
  test.each([
    ['as it is', `Bearer ${secret}`, 'Bearer ***'],
    ['more than once', `${secret} ${secret}`, '*** ***'],
    ['in upper case', secret.toUpperCase(), '***'],
    ['in Base64', `Basic ${basic(secret)}`, expect.not.stringContaining(basic(secret).slice(1, -3))],
    ['in Base64 behind one byte', basic(`:${secret}`), expect.stringMatching(/^\w{2}\*\*\*/)],
    ['in Base64 behind two bytes', basic(`ab${secret}`), expect.stringMatching(/^\w{3}\*\*\*/)],
    ['in Base64 within other text', basic(`user:${secret}:end`), expect.stringContaining('***')],
    [
      'in Base64 of several lines',
      `-----\n${folded(64)}\n-----`,
      expect.stringMatching(/^-----\n\w+\*\*\*[\w=\n]*\n-----$/),
    ],
    ['in Base64 of MIME', folded(76, '\r\n'), expect.stringContaining('***')],
    ['in Base64 of several lines in JSON', JSON.stringify({ pem: folded(64) }), expect.stringContaining('***')],
    ['in Base64 of several lines, percent-encoded', encodeURIComponent(folded(64)), expect.stringContaining('***')],
    ['in hexadecimal', Buffer.from(secret).toString('hex'), '***'],
    ['percent-encoded', `?token=${percent}&x=1`, '?token=***&x=1'],
    ['percent-encoded in upper case', `?token=${percent.toUpperCase()}`, '?token=***'],
    ['percent-encoded twice', percent.replaceAll('%', '%25'), '***'],
    ['escaped as in JSON', '"\\u0073ekret\\u002dtoken-123"', '"***"'],
    ['in mixed case', 'x SeKret-Token-123 y', 'x *** y'],
    ['escaped as in a program', '\\x73ekret\\x2Dtoken-123', '***'],
    ['escaped as in HTML, padded', '&#0000000000115;ekret&#x0000002D;token-123', '***'],
    ['escaped as in HTML', 's&#101;kret&#x2d;token-123;', expect.stringContaining('***')],
  ])('%s', (_, given, expected) => {
    expect(text(given)).toEqual(expected);
  });

  test('where quotes and backslashes in it are escaped', () => {
    const odd = 'a"b\\c/d';
    expect(createMasker([odd]).text(JSON.stringify({ echo: odd }))).toBe('{"echo":"***"}');
  });

  test('where a space in it became a plus sign', () => {
    expect(createMasker(['pass word']).text('?q=pass+word')).toBe('?q=***');
  });

  test('where it stands inside another secret', () => {
    expect(createMasker(['inner-', 'an-inner-token']).text('an-inner-token inner-')).toBe('*** ***');
  });

  test.each(['abc', 'json', 't', 'wrong'])('%s, with fewer than six characters, where it stands alone', (short) => {
    const masker = createMasker([short]);
    expect(masker.header(short)).toBe('***');
    expect(masker.header(`Bearer ${short}`)).toBe('Bearer ***');
    expect(masker.text(`{"echo":"${short}"}`)).toBe('{"echo":"***"}');
    expect(masker.text(`/calls?key=${short}&page=1`)).toBe('/calls?key=***&page=1');
    for (const own of [
      'application/json; charset=utf-8',
      'what is wrong with it',
      'the abc of it',
      "-H 'content-type: text/x'",
    ])
      expect(masker.text(own)).toBe(own);
  });
});

describe('where a long value was cut', () => {
  test.each([
    ['xxxx sekret-tok…yy', 'xxxx ***…yy'],
    ['xxxx…en-123 yy', 'xxxx…*** yy'],
    ['sekret-…ken-123', '***…***'],
    ['SEKRET-T… (80 characters)', '***… (80 characters)'],
    ['"external_uuid":"sekret-token-12…', '"external_uuid":"***…'],
  ])('what is left of a secret in %j is masked', (given, expected) => {
    expect(text(given)).toBe(expected);
  });

  test.each(['sekre… is too little', 'a… b', 'sekret-to and no cut', '…'])('%j stays', (given) => {
    expect(text(given)).toBe(given);
  });
});

test('other text stays as it is, escapes included', () => {
  const other = '{"a":"\\u00e9 %20 &amp; \\"x\\""}';
  expect(text(other)).toBe(other);
  expect(header('text/plain; q=%41')).toBe('text/plain; q=%41');
});

test('without secrets nothing changes', () => {
  expect(createMasker(['', '']).text('Bearer x')).toBe('Bearer x');
});

/** One way of writing a text, as a target may echo it. */
const spellings: ((value: string) => string)[] = [
  (value) => value,
  encodeURIComponent,
  (value) => Array.from(Buffer.from(value), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  (value) => JSON.stringify(value).slice(1, -1),
  (value) =>
    Array.from({ length: value.length }, (_, i) => `\\u${value.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
  (value) => Array.from(value, (c) => `&#${String(c.codePointAt(0))};`).join(''),
  (value) => encodeURIComponent(encodeURIComponent(value)),
  (value) => encodeURIComponent(JSON.stringify(value)),
];

describe('whatever the secrets and the text', () => {
  const secrets = fc.array(fc.string({ unit: 'grapheme', minLength: 6, maxLength: 40 }).filter(isEncodable), {
    minLength: 1,
    maxLength: 4,
  });
  const around = fc.string({ unit: 'grapheme', maxLength: 30 });

  test('no secret survives in any spelling', () => {
    fc.assert(
      fc.property(
        secrets,
        around,
        around,
        fc.nat(spellings.length - 1),
        fc.nat(3),
        (all, before, after, spelling, which) => {
          const chosen = all[which % all.length]!;
          const spelled = spellings[spelling]!(chosen);
          const masked = createMasker(all).text(`${before} ${spelled} ${after}`);
          for (const one of all) expect(masked).not.toContain(one);
          // Secrets that other secrets or the text are made of aside, the spelled one is gone too.
          if (!`${before}${after}***`.includes(spelled)) expect(masked).not.toContain(spelled);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('no secret survives in Base64, wherever it stands in the encoded text', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, maxLength: 60 }),
        fc.string({ maxLength: 9 }),
        fc.string({ maxLength: 9 }),
        (token, before, after) => {
          for (const encoding of ['base64', 'base64url'] as const) {
            const echo = Buffer.from(before + token + after).toString(encoding);
            const masked = createMasker([token]).text(`x ${echo} y`);
            expect(masked).toContain('***');
            // What is left of it, decoded, does not hold the secret.
            for (const piece of masked.split('***'))
              expect(Buffer.from(piece, encoding).toString()).not.toContain(token);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

test('the quick look undoes the same escapes as the one that keeps account', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '%',
      '%4',
      '%41',
      '%c3%a9',
      '%ff',
      '\\',
      '\\n',
      '\\u0041',
      '\\u00',
      '&',
      '&amp;',
      '&#x41',
      '&#00041',
      '\\x41',
      '\\x4',
      '&#9999999;',
    ),
    fc.string({ maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const whole = pieces.join('');
      expect(unescaped(whole)).toBe(unescapeOnce(whole)?.text ?? whole);
    }),
    { numRuns: 2000 },
  );
});

/** A lone surrogate has no UTF-8 and no percent-encoding. */
function isEncodable(value: string): boolean {
  return !/\p{Cs}/u.test(value) && value.length >= 6;
}

test('a text of megabytes full of escapes is masked in bounded time', () => {
  const before = process.cpuUsage();
  for (const unit of ['\\', '%', '&', '%25', '\\u0073', '&#115;'])
    text(unit.repeat(Math.ceil(2_000_000 / unit.length)));
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(15_000);
});
