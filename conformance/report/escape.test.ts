import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  html,
  jsonSafe,
  markdown,
  markdownBlock,
  markdownCode,
  shorten,
  showValue,
  visible,
  visibleLines,
  xmlSafe,
} from './escape.ts';

/** Any text that a target can send, the nastiest characters often. */
const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\u001b',
      '\u009b',
      '\r',
      '\n',
      '\0',
      '\u202e',
      '\ud800',
      '\udfff',
      '<',
      '>',
      '&',
      '"',
      "'",
      '`',
      '|',
      ']',
      '\\',
      '~',
      '[',
      '*',
      '_',
      '😀',
      'é',
    ),
    fc.string({ unit: 'binary', maxLength: 1 }),
    fc.string({ unit: 'grapheme-ascii', maxLength: 1 }),
  ),
  maxLength: 60,
});
// eslint-disable-next-line no-control-regex -- what must never get through.
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\p{Cs}]/u;

describe('visible', () => {
  it('leaves no character that steers a terminal', () => {
    fc.assert(fc.property(nasty, (text) => !CONTROLS.test(visible(text))));
  });

  it('keeps plain text, other scripts and joined emoji as they are', () => {
    for (const text of ['plain text', 'Zażółć', '日本語', 'e\u0301', '👩‍👩‍👧‍👦', 'a\\b']) expect(visible(text)).toBe(text);
  });

  it('spells what it replaces', () => {
    expect(visible('\u001b[31m\n\u202e\u{e0041}')).toBe('\\x1b[31m\\n\\u202e\\u{e0041}');
  });

  it.each(['##[error]x', '##vso[task.setvariable]x', 'a ##[add-path]b', '##VSO[x]'])(
    'leaves %s no command of a CI log',
    (text) => {
      expect(visible(text)).not.toMatch(/##(?:\[|vso\[)/i);
      expect(visible(text)).toContain('#\\x23');
    },
  );

  it.each(['::set-output name=x::y', '  ::warning::z', 'fine\n::stop-commands::t'])(
    'leaves %j no line that begins a command',
    (text) => {
      expect(visibleLines(text)).not.toMatch(/^\s*::/m);
    },
  );

  it('keeps line feeds where lines are meant', () => {
    expect(visibleLines('a\r\nb\u0007')).toBe('a\nb\\x07');
  });
});

describe('jsonSafe', () => {
  it('reads back as what it was made of, with no character that steers a terminal and no CI command', () => {
    fc.assert(
      fc.property(nasty, fc.constantFrom('', '##[error]', '##vso['), (text, command) => {
        const value = { text: command + text };
        const json = jsonSafe(JSON.stringify(value, undefined, 2));
        expect(JSON.parse(json)).toEqual(value);
        expect(json).not.toMatch(/##(?:\[|vso\[)/i);
        expect(CONTROLS.test(json.replaceAll('\n', ''))).toBe(false);
      }),
    );
  });
});

describe('html', () => {
  it('leaves nothing that opens a tag, an entity of its own or an end of an attribute', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const escaped = html(text);
        return !/[<>"'`]/.test(escaped) && !escaped.replace(/&#\d+;/g, '').includes('&');
      }),
    );
  });

  it('reads back as the visible text', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const back = html(text).replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
        expect(visibleLines(back)).toBe(visibleLines(text));
      }),
    );
  });
});

describe('xmlSafe', () => {
  it('holds only characters that XML 1.0 allows', () => {
    fc.assert(
      fc.property(nasty, (text) => /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(xmlSafe(text))),
    );
  });
});

describe('markdown', () => {
  it('stays on one line', () => {
    fc.assert(fc.property(nasty, (text) => !/[\r\n]/.test(markdown(text)) && !/[\r\n]/.test(markdownCode(text))));
  });

  it('leaves no raw tag, link, code span or table cell', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const bare = markdown(text).replace(/\\[\\`*_[\]|~#+\-.)]/g, '');
        return !/[<>`*[\]|]/.test(bare);
      }),
    );
  });

  it('keeps names that a reader searches for', () => {
    expect(markdown('the field external_uuid of _this_')).toBe('the field external_uuid of \\_this\\_');
  });

  it('makes no mention and no link', () => {
    expect(markdown('@everyone http://evil.example')).toBe('@\u2060everyone http&#58;//evil.example');
  });

  it('closes a code span only at its own end', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const code = markdownCode(text);
        const fence = /^`+/.exec(code)?.[0] ?? '';
        const inner = code.slice(fence.length, -fence.length);
        return code.endsWith(fence) && !inner.split(/[^`]+/).includes(fence) && !/(?<!\\)\|/.test(inner);
      }),
    );
  });

  it('closes a block only at its own end', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const lines = markdownBlock(text, 'sh').split('\n');
        const fence = lines.at(-1) ?? '';
        return lines.slice(1, -1).every((line) => !line.trimStart().startsWith(fence));
      }),
    );
  });
});

describe('shorten', () => {
  it('keeps short text and never splits a character', () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 5, max: 40 }), (text, max) => {
        const short = shorten(text, max);
        if (Array.from(text).length <= max) expect(short).toBe(text);
        const halves = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
        if (!halves.test(text)) expect(halves.test(short)).toBe(false);
      }),
    );
  });

  it('tells the full length and shows both ends', () => {
    expect(shorten(`start${'x'.repeat(200)}end`, 11)).toBe('start…xxend (208 characters)');
  });

  it('shortens a text of 50 MB at once', () => {
    expect(shorten('😀'.repeat(12_000_000), 20).length).toBeLessThan(80);
  });
});

describe('showValue', () => {
  it('quotes a text so that its end is seen', () => {
    expect(showValue(' a ')).toBe('" a "');
    expect(showValue('x'.repeat(30), 11)).toBe('"xxxxx…xxxxx" (30 characters)');
  });

  it('tells every kind of value', () => {
    expect([undefined, null, 1, false, ['a'], { b: null }].map((value) => showValue(value))).toEqual([
      'nothing',
      'null',
      '1',
      'false',
      '["a"]',
      '{"b":null}',
    ]);
  });

  it('does not fall over a value that is too deep', () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    expect(showValue(deep)).toBe('(a value that cannot be shown)');
  });
});
