import { describe, expect, test } from 'vitest';
import { isLoopback, parseAddress, requestPath } from './address.ts';

describe('parseAddress', () => {
  test('splits origin, prefix and credentials', () => {
    expect(parseAddress('https://us%40er:p%2Fw@api.example.com:8443/gate/way/')).toMatchObject({
      origin: 'https://api.example.com:8443',
      prefix: '/gate/way',
      credentials: { user: 'us@er', password: 'p/w' },
    });
    expect(parseAddress('http://localhost')).toMatchObject({ origin: 'http://localhost', prefix: '', loopback: true });
  });

  test.each(['localhost:3000', 'nonsense', '', '/path', 'ftp://x', 'file:///etc/passwd'])(
    '%j is refused in a sentence',
    (url) => {
      expect(() => parseAddress(url)).toThrow(/is no URL|neither an http nor an https URL/);
    },
  );
});

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['[::1]', true],
  ['api.localhost', true],
  ['128.0.0.1', false],
  ['localhost.example.com', false],
  ['127.0.0.1.example.com', false],
])('%s is the loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

describe('requestPath', () => {
  const address = parseAddress('http://api.example.com/prefix/');
  test.each([
    ['/v3/calls?page=1', '/prefix/v3/calls?page=1'],
    ['v3/calls', '/prefix/v3/calls'],
    ['/v3/calls#part', '/prefix/v3/calls'],
    ['/v3/a b/é', '/prefix/v3/a%20b/%C3%A9'],
    ['http://api.example.com/v3/calls?x=1', '/v3/calls?x=1'],
    ['HTTP://API.EXAMPLE.COM:80/v3', '/v3'],
    ['//api.example.com/v3', '/v3'],
  ])('%s becomes %s', (path, expected) => {
    expect(requestPath(address, path)).toBe(expected);
  });

  test.each([
    'http://evil.example/x',
    'https://api.example.com/x',
    'http://api.example.com:81/',
    '//evil.example/x',
    'http://[',
    'http://api.example.com@evil.example/',
  ])('%s leads away', (path) => {
    expect(requestPath(address, path)).toBeUndefined();
  });
});
