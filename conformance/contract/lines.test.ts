import { readFileSync } from 'node:fs';
import { isMap, isScalar, isSeq, LineCounter, parse, parseDocument, stringify, type Node } from 'yaml';
import { describe, expect, test } from 'vitest';
import { builtinContractDir } from './builtin-dir.ts';
import { lineFinder } from './lines.ts';
import { escapeToken } from './resolve.ts';

const contracts = ['voice-calls', 'calldesk', 'aicaller'].map((name) => ({
  name,
  text: readFileSync(`${builtinContractDir()}${name}.yaml`, 'utf8'),
}));

/** Pointer and line of every key and item, as the full parser sees them. */
function places(text: string): [pointer: string, line: number][] {
  const counter = new LineCounter();
  const found: [string, number][] = [];
  const visit = (node: unknown, pointer: string): void => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (!isScalar(key)) continue;
        const own = `${pointer}/${escapeToken(String(key.value))}`;
        found.push([own, counter.linePos(key.range?.[0] ?? 0).line]);
        visit(value, own);
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => {
        const own = `${pointer}/${String(index)}`;
        found.push([own, counter.linePos((item as Node).range?.[0] ?? 0).line]);
        visit(item, own);
      });
    }
  };
  visit(parseDocument(text, { lineCounter: counter }).contents, '');
  return found;
}

describe('lineFinder', () => {
  test.each(contracts)('finds the line of every key and item of $name, as a full parser does', ({ text }) => {
    const lineOf = lineFinder(text);
    expect(places(text).map(([pointer]) => [pointer, lineOf(pointer)])).toEqual(places(text));
  });

  test.each([
    ['lists that are not indented', (value: unknown) => stringify(value, { indentSeq: false })],
    ['indented JSON', (value: unknown) => JSON.stringify(value, null, 2)],
    ['JSON indented by tabs', (value: unknown) => JSON.stringify(value, null, '\t').replaceAll('\t', '\t')],
    ['Windows line ends', (value: unknown) => stringify(value).replaceAll('\n', '\r\n')],
  ])('finds them in %s', (_, write) => {
    const text = write(parse(contracts[1]!.text));
    // Tabs are no YAML indentation: the same text with spaces has the same lines.
    const expected = places(text.replace(/^\t+/gm, (tabs) => '  '.repeat(tabs.length)));
    const lineOf = lineFinder(text);
    expect(expected.map(([pointer]) => [pointer, lineOf(pointer)])).toEqual(expected);
  });

  test('a place that is not there has the line of the nearest one around it', () => {
    const lineOf = lineFinder('openapi: 3.1.0\npaths:\n  /x:\n    get: {}\n');
    expect(lineOf('/paths/~1x/get/responses/200')).toBe(4);
    expect(lineOf('/paths/~1y')).toBe(2);
    expect(lineOf('')).toBe(1);
  });

  test('text in a block scalar is no key', () => {
    const lineOf = lineFinder('a:\n  description: |\n    b: not a key\n  b: 1\n');
    expect(lineOf('/a/b')).toBe(4);
  });

  test('an empty text has no lines to name', () => {
    expect(lineFinder('')('/a')).toBeUndefined();
  });
});
