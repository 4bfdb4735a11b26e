import { afterEach, expect, test } from 'vitest';
import { answer, closeServers, rawServer } from './testing/servers.ts';
import { maskExchange } from './mask-exchange.ts';
import { closeTargets, get, testTarget } from './testing/target.ts';

afterEach(async () => {
  await closeTargets();
  await closeServers();
});

test.each(['json', 'application', 'n/json'])(
  'a token such as %s leaves the media type that is judged',
  async (token) => {
    const server = await rawServer((socket) => socket.write(answer('{}', `X-Echo: ${token}`)));
    const target = testTarget(server.url, { secrets: [token] });
    const judged = await target.send(get());
    expect(judged.response?.headers).toMatchObject({ 'content-type': 'application/json', 'x-echo': token });
    const { response } = maskExchange(judged, (given) => target.mask(given));
    expect(response?.headers).toMatchObject({ 'content-type': 'application/json', 'x-echo': '***' });
  },
);

test('a token in a media type of its own is masked', async () => {
  const text = 'HTTP/1.1 200 OK\r\nContent-Type: text/sekret-token-123\r\nContent-Length: 0\r\n\r\n';
  const server = await rawServer((socket) => socket.write(text));
  const target = testTarget(server.url);
  const { response } = maskExchange(await target.send(get()), (given) => target.mask(given));
  expect(response?.headers['content-type']).toBe('text/***');
});
