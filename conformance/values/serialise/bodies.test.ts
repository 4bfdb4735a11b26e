import { describe, expect, it } from 'vitest';
import type { RequestBody } from '../../contract/operation-types.ts';
import { isEmptyInForm, writtenBody } from './bodies.ts';
import { partsIn } from './multipart.ts';
import { readAs } from './read-form.ts';

const body = (mediaType: string, more: Partial<RequestBody> = {}): RequestBody => ({
  required: true,
  mediaType,
  schema: {},
  schemaPointer: '/s',
  pointer: '/b',
  examples: [],
  ...more,
});
const form = 'application/x-www-form-urlencoded';
const deep = { style: 'deepObject', explode: true, reserved: false };

describe('a body in its media type', () => {
  it.each([
    ['application/json', { a: 1 }, '{"a":1}'],
    ['application/vnd.api+json', { a: null }, '{"a":null}'],
    ['text/plain', 'two words', 'two words'],
    ['application/octet-stream', 'bytes', 'bytes'],
    [form, { a: 'x y', b: true, c: 1.5, none: null, empty: '' }, 'a=x+y&b=true&c=1.5&empty='],
    [form, { to: '+1&2=3', list: ['a', 'b'] }, 'to=%2B1%262%3D3&list=a&list=b'],
    [form, { address: { city: 'Köln' } }, 'address=%7B%22city%22%3A%22K%C3%B6ln%22%7D'],
  ])('%s of %j is %s', (mediaType, value, written) => {
    expect(writtenBody(body(mediaType), value)).toEqual({ body: written, contentType: mediaType });
  });

  it('is JSON where the contract names none', () => {
    expect(writtenBody(undefined, [1])).toEqual({ body: '[1]', contentType: 'application/json' });
  });

  it('follows the Encoding Object of each field', () => {
    const encoding = {
      address: deep,
      tags: { style: 'form', explode: false, reserved: false },
      colors: { style: 'pipeDelimited', explode: false, reserved: false },
    };
    const value = { address: { city: 'Bonn', lines: ['a', 'b'] }, tags: ['x', 'y,z'], colors: ['r', 'g'] };
    expect(writtenBody(body(form, { encoding }), value).body).toBe(
      'address%5Bcity%5D=Bonn&address%5Blines%5D%5B0%5D=a&address%5Blines%5D%5B1%5D=b&tags=x,y%2Cz&colors=r%7Cg',
    );
  });
});

describe('multipart/form-data', () => {
  const schema = {
    type: 'object',
    properties: {
      file: { type: 'string', format: 'binary' },
      pages: { type: 'array', items: { type: 'string', contentMediaType: 'image/png' } },
      about: { type: 'object' },
    },
  };

  it('gives each field a part, files a name and a media type', () => {
    const value = { title: 'a\r\nb', file: 'bytes', pages: ['p1', 'p2'], about: { a: 1 }, none: null };
    const { body: text, contentType } = writtenBody(body('multipart/form-data', { schema }), value);
    expect(contentType).toBe('multipart/form-data; boundary=ringtrue-form-boundary');
    expect(text).toContain(
      '--ringtrue-form-boundary\r\nContent-Disposition: form-data; name="file"; filename="ringtrue.txt"\r\nContent-Type: application/octet-stream\r\n\r\nbytes\r\n--',
    );
    expect(partsIn(String(text), contentType)).toEqual([
      { name: 'title', text: 'a\r\nb' },
      { name: 'file', text: 'bytes', contentType: 'application/octet-stream', filename: 'ringtrue.txt' },
      { name: 'pages', text: 'p1', contentType: 'application/octet-stream', filename: 'ringtrue.txt' },
      { name: 'pages', text: 'p2', contentType: 'application/octet-stream', filename: 'ringtrue.txt' },
      { name: 'about', text: '{"a":1}', contentType: 'application/json' },
    ]);
  });

  it('takes the first media type of the Encoding Object that can be sent, and a boundary that no field holds', () => {
    const encoding = { file: { explode: true, reserved: false, contentType: 'image/*, image/png, text/csv' } };
    const value = { file: 'x ringtrue-form-boundary y', 'a"b': '1' };
    const written = writtenBody(body('multipart/form-data', { schema, encoding }), value);
    expect(written.contentType).toBe('multipart/form-data; boundary=ringtrue-form-boundary-x');
    expect(written.body).toContain('Content-Type: image/png\r\n');
    expect(written.body).toContain('name="a%22b"');
  });
});

describe('what a form says', () => {
  const document = {};
  const schema = {
    type: 'object',
    properties: {
      n: { type: 'integer' },
      b: { type: 'boolean' },
      t: { type: 'string' },
      list: { type: 'array', items: { type: 'number' } },
      map: { type: 'object', additionalProperties: { type: 'string' } },
    },
  };
  it.each([
    [
      { n: '12', t: 12, b: 'true' },
      { n: 12, t: '12', b: true },
    ],
    [
      { n: true, b: 1 },
      { n: 'true', b: '1' },
    ],
    [
      { n: [1], list: 7 },
      { n: 1, list: [7] },
    ],
    [{ n: null, t: { a: 1 } }, { t: '{"a":1}' }],
    [{ map: ['x'] }, { map: { 0: 'x' } }],
    [
      { map: 'x', n: [1, 2] },
      { map: 'x', n: [1, 2] },
    ],
  ])('%j reads as %j', (value, read) => {
    expect(readAs(document, schema, '/s', value)).toEqual(read);
  });

  it('cannot tell what is empty from what is not given', () => {
    expect([null, '', [], {}, { a: null }].map(isEmptyInForm)).toEqual([true, true, true, true, true]);
    expect([0, false, ' ', ['x']].map(isEmptyInForm)).toEqual([false, false, false, false]);
  });
});
