import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeBody, isCompleteJson, isJsonType } from './body.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const MAX = 64 * 1024;

function decode(bytes: string | Buffer, headers: Record<string, string> = JSON_TYPE): ReturnType<typeof decodeBody> {
  return decodeBody(Buffer.from(bytes), headers, MAX);
}

describe('decodeBody', () => {
  test('reads JSON where JSON is declared', () => {
    expect(decode('{"a":"é😀"}')).toMatchObject({ text: '{"a":"é😀"}', json: { a: 'é😀' } });
  });

  test('does not read JSON where none is declared', () => {
    expect(decode('{"a":1}', { 'content-type': 'text/html' })).toEqual({ text: '{"a":1}', oddities: undefined });
  });

  test.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['GZIP', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['identity', (bytes: Buffer) => bytes],
    ['deflate, gzip', (bytes: Buffer) => gzipSync(deflateSync(bytes))],
  ])('undoes Content-Encoding %s', (coding, encode) => {
    const headers = { ...JSON_TYPE, 'content-encoding': coding };
    expect(decode(encode(Buffer.from('{"a":1}')), headers).json).toEqual({ a: 1 });
  });

  test('a gzip stream that breaks off, or is none, is told as such', () => {
    const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
    expect(decode(gzipSync('{"a":1}').subarray(0, 15), headers).bodyError).toBe(
      'the body is no complete gzip stream (Z_BUF_ERROR)',
    );
    expect(decode('{"a":1}', headers).bodyError).toBe('the body is no complete gzip stream (Z_DATA_ERROR)');
  });

  test('a bomb is stopped at the cap', () => {
    const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(MAX);
    expect(decode(bomb, headers)).toEqual({
      text: '',
      bodyError: 'the body is bigger than 64 KiB once decompressed (gzip)',
    });
  });

  test('a bomb in several layers is stopped too', () => {
    const headers = { ...JSON_TYPE, 'content-encoding': 'gzip, gzip, gzip, gzip' };
    expect(decode('x', headers).bodyError).toBe('Content-Encoding names more than 3 codings');
  });

  test('a coding that nobody asked for is told by name', () => {
    expect(decode('x', { ...JSON_TYPE, 'content-encoding': 'snappy' }).bodyError).toBe(
      'Content-Encoding is "snappy", which was not asked for',
    );
    expect(decode('x', { ...JSON_TYPE, 'content-encoding': 'constructor' }).bodyError).toMatch(/"constructor"/);
  });

  test('bytes that are no UTF-8 are an error where text is expected', () => {
    const bytes = Buffer.from('{"a":"\xe9"}', 'latin1');
    expect(decode(bytes)).toMatchObject({ bodyError: 'the body is not valid UTF-8' });
    expect(decode(bytes)).not.toHaveProperty('json');
    expect(decode(bytes, {}).bodyError).toBe('the body is not valid UTF-8');
    expect(decode(bytes, { 'content-type': 'text/plain' }).bodyError).toBe('the body is not valid UTF-8');
  });

  test('bytes that are no UTF-8 are none where sound or another charset is declared', () => {
    const bytes = Buffer.from('\xe9', 'latin1');
    expect(decode(bytes, { 'content-type': 'audio/wav' }).bodyError).toBeUndefined();
    expect(decode(bytes, { 'content-type': 'text/plain; charset=ISO-8859-1' }).bodyError).toBeUndefined();
  });

  test('a surrogate encoded by itself is no UTF-8', () => {
    expect(decode(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])).bodyError).toBe('the body is not valid UTF-8');
  });

  test('a byte order mark is odd and does no harm', () => {
    expect(decode('\ufeff{"a":1}')).toMatchObject({
      json: { a: 1 },
      oddities: ['the body begins with a byte order mark'],
    });
  });

  test('duplicate names are odd, and the last counts', () => {
    expect(decode('{"a":1,"a":2}')).toMatchObject({
      json: { a: 2 },
      oddities: [expect.stringContaining('"a" stands twice')],
    });
  });

  test('text that is no JSON is told with the reason', () => {
    expect(decode('{"a":NaN}').jsonError).toMatch(/NaN|'N'/);
    expect(decode('{"a":NaN}')).not.toHaveProperty('json');
  });

  test('JSON that ends where a Content-Length ends it is told with that', () => {
    expect(decode('{"a"', { ...JSON_TYPE, 'content-length': '4' }).jsonError).toMatch(
      /, where Content-Length ends it$/,
    );
    expect(decode('{"a":x}', { ...JSON_TYPE, 'content-length': '7' }).jsonError).not.toMatch(/Content-Length/);
  });

  test('no bytes are an empty text, whatever the headers say', () => {
    expect(decode('', { ...JSON_TYPE, 'content-encoding': 'gzip' })).toEqual({ text: '' });
  });
});

test.each([
  ['application/json', true],
  ['application/json; charset=utf-8', true],
  ['APPLICATION/JSON;charset="UTF-8"', true],
  ['application/problem+json', true],
  ['application/vnd.api+json ; x=1', true],
  ['text/json', true],
  ['text/html', false],
  ['application/jsonp', false],
  ['application/json-seq', false],
  ['', false],
])('%j announces JSON: %s', (type, expected) => {
  expect(isJsonType(type)).toBe(expected);
});

test.each([
  ['{"a":1}', true],
  ['[]\n', true],
  ['{"a":', false],
  ['{"a":{}', false],
  ['12', false],
  ['"a"', false],
  ['', false],
])('%j is a complete JSON document: %s', (text, expected) => {
  expect(isCompleteJson(Buffer.from(text))).toBe(expected);
});
