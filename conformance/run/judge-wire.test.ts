import { afterEach, describe, expect, it, test } from 'vitest';
import type { Exchange, ReceivedResponse } from '../model/index.ts';
import { closeServers, rawServer } from '../target/testing/servers.ts';
import { closeTargets, get, testTarget } from '../target/testing/target.ts';
import { judgeWire, mediaTypesOf } from './judge-wire.ts';

afterEach(async () => {
  await closeTargets();
  await closeServers();
});

async function answerOf(status: number, lines: string[], body: string): Promise<ReceivedResponse> {
  const bytes = [`HTTP/1.1 ${String(status)} Status`, ...lines, '', body].join('\r\n');
  const server = await rawServer((socket) => socket.end(bytes));
  const { response, error } = await testTarget(server.url).send(get());
  expect(error).toBeUndefined();
  return response!;
}

const kinds = (response: ReceivedResponse): string[] =>
  judgeWire(response, { operation: 'getThing', exchange: {} as Exchange, pointer: '/paths' }).map(
    ({ level, rule, breach }) => `${level} ${rule} ${breach.kind}`,
  );

describe('two media types', () => {
  it.each([
    ['in two headers', ['Content-Type: application/json', 'content-type: text/html']],
    ['in the other order', ['Content-Type: text/html', 'content-type: application/json; charset=utf-8']],
    ['in one header', ['Content-Type: application/json; charset=utf-8, text/html']],
    [
      'with different charsets',
      ['Content-Type: application/json; charset=utf-8', 'Content-Type: application/json; charset="latin1"'],
    ],
  ])('%s contradict each other, and the body is read as JSON', async (_, lines) => {
    const response = await answerOf(200, [...lines, 'Content-Length: 7'], '{"a":1}');
    expect(kinds(response)).toEqual(['SHOULD content-type contradicting-content-types']);
    expect(mediaTypesOf(response)).toContain('application/json');
    expect(response.json).toEqual({ a: 1 });
  });

  it.each([
    ['that are one', ['Content-Type: application/json']],
    ['that are the same twice', ['Content-Type: application/json', 'Content-Type: Application/JSON; charset=utf-8']],
    ['of which one stands in a parameter', ['Content-Type: multipart/mixed; boundary="a, text/html"']],
  ])('%s do not', async (_, lines) => {
    expect(kinds(await answerOf(200, [...lines, 'Content-Length: 7'], '{"a":1}'))).toEqual([]);
  });
});

describe('204', () => {
  it.each([
    ['a length and a body', ['Content-Length: 2'], '{}'],
    ['a length and no body', ['Content-Length: 2'], ''],
    ['chunks', ['Transfer-Encoding: chunked'], '2\r\n{}\r\n0\r\n\r\n'],
  ])('with %s is an answer, and named for what it is', async (_, lines, body) => {
    const response = await answerOf(204, lines, body);
    expect(response).toMatchObject({ status: 204, body: '' });
    expect(kinds(response)).toEqual(['SHOULD response-body body-with-204']);
  });

  it('without either, or with Content-Length: 0, is right', async () => {
    expect(kinds(await answerOf(204, [], ''))).toEqual([]);
    expect(kinds(await answerOf(204, ['Content-Length: 0'], ''))).toEqual([]);
  });
});

test('304 may say how long the body would be', async () => {
  expect(kinds(await answerOf(304, ['Content-Length: 200'], ''))).toEqual([]);
});
