/** Targets that cannot be judged, since they do not answer: exit code 3, never a failed requirement. */
import { createServer, type AddressInfo } from 'node:net';
import { certificate, privateKey } from '../../target/testing/certificate.ts';
import type { HostileTarget } from './target.ts';
import { always, answer, answerOf, disguised, handOn, head, raw } from './wire.ts';

const nothing = { close: () => Promise.resolve() };

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export const silentTargets: HostileTarget[] = [
  {
    id: 'closed-port',
    title: 'nobody listens on the port',
    start: async () => ({ url: `http://127.0.0.1:${String(await closedPort())}`, ...nothing }),
    expect: { exit: 3, says: /refuses connections: nothing listens there/, maxSeconds: 10 },
  },
  {
    id: 'gateway-loses-its-server-once',
    title: 'one request is answered with 502 by a gateway, all others by the reference server',
    start: () =>
      disguised((socket, answered) => handOn(socket, answered), {
        refuse: ({ count }) => (count === 12 ? 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n' : undefined),
      }),
    args: () => ['--profile', 'core', '--workers', '1', '--timeout', '10', '--max-time', '90'],
    inRunsOnly: true,
    expect: { exit: 3, says: /was answered 502/, maxSeconds: 60 },
  },
  {
    id: 'cuts-one-body-short',
    title: 'one body ends before its Content-Length says, all others are whole',
    start: () =>
      disguised((socket, answered, { count }) => {
        if (count !== 12) handOn(socket, answered);
        else
          socket.end(
            answerOf(answered)
              .toString()
              .replace(/Content-Length: \d+/, 'Content-Length: 100000'),
          );
      }),
    args: () => ['--profile', 'core', '--workers', '1', '--timeout', '10', '--max-time', '90'],
    inRunsOnly: true,
    expect: { exit: 3, says: /a body cut short/, maxSeconds: 60 },
  },
  {
    id: 'unknown-host',
    title: 'the host name is unknown',
    start: () => Promise.resolve({ url: 'http://no-such-host.invalid', ...nothing }),
    args: () => ['--allow-writes'],
    expect: {
      exit: 3,
      says: /the host name of http:\/\/no-such-host\.invalid (?:is unknown|cannot be looked up)/i,
      maxSeconds: 15,
    },
  },
  {
    id: 'accepts-and-never-answers',
    title: 'connections are accepted and nothing is said',
    start: () => raw(() => undefined),
    expect: { exit: 3, says: /did not answer within 1 s/, maxSeconds: 20 },
  },
  {
    id: 'drips-headers',
    title: 'headers come for ever, one at a time',
    start: () =>
      raw((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const drip = setInterval(() => socket.write('X-Drip: 1\r\n'), 50);
        socket.on('close', () => clearInterval(drip));
      }),
    expect: { exit: 3, says: /did not answer within 1 s/, maxSeconds: 20 },
  },
  {
    id: 'drips-body',
    title: 'the body comes for ever, a byte at a time',
    start: () =>
      raw((socket) => {
        socket.write(head(200, 'Transfer-Encoding: chunked'));
        const drip = setInterval(() => socket.write('1\r\n \r\n'), 50);
        socket.on('close', () => clearInterval(drip));
      }),
    expect: { exit: 3, says: /did not end within 1 s/, maxSeconds: 20 },
  },
  {
    id: 'stalls-after-headers',
    title: 'nothing follows the headers',
    start: always(head(200, 'Content-Length: 100')),
    expect: { exit: 3, says: /did not end within 1 s/, maxSeconds: 20 },
  },
  {
    id: 'resets-at-once',
    title: 'each connection is reset as soon as a request comes',
    start: () => raw((socket) => void socket.resetAndDestroy()),
    expect: { exit: 3, says: /cut the connection before it answered/, maxSeconds: 10 },
  },
  {
    id: 'resets-in-mid-body',
    title: 'each connection is reset in the middle of the body',
    start: () =>
      raw((socket) => {
        socket.write(`${head(201, 'Content-Length: 1000')}{"success":true,"da`);
        setTimeout(() => socket.resetAndDestroy(), 30);
      }),
    expect: { exit: 3, says: /cut the connection in the middle of its answer/, maxSeconds: 10 },
  },
  {
    id: 'closes-in-mid-body',
    title: 'each connection is closed in the middle of the body',
    start: () => raw((socket) => void socket.end(`${head(201, 'Content-Length: 1000')}{"success":true,"da`)),
    expect: { exit: 3, says: /cut the connection in the middle of its answer/, maxSeconds: 10 },
  },
  {
    id: 'not-http',
    title: 'what answers is not HTTP',
    start: () => raw((socket) => void socket.end('SSH-2.0-OpenSSH_9.6\r\n')),
    expect: { exit: 3, says: /is not HTTP\/1\.1/, maxSeconds: 10 },
  },
  {
    id: 'no-status',
    title: 'the status is none that there is',
    start: always('HTTP/1.1 042 No\r\nContent-Length: 2\r\n\r\n{}'),
    expect: { exit: 3, says: /is not HTTP\/1\.1: its status is none/, maxSeconds: 10 },
  },
  {
    id: 'two-lengths',
    title: 'two different lengths are announced',
    start: always(`${head(200, 'Content-Length: 2', 'Content-Length: 3')}{}`),
    expect: { exit: 3, says: /is not HTTP\/1\.1: its Content-Length contradicts itself/, maxSeconds: 10 },
  },
  {
    id: 'interim-for-ever',
    title: 'each request is told to continue, again and again',
    start: () =>
      raw((socket) => {
        const drip = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 50);
        socket.on('close', () => clearInterval(drip));
      }),
    expect: { exit: 3, says: /did not answer within 1 s/, maxSeconds: 20 },
  },
  {
    id: 'giant-header',
    title: 'a header is bigger than a megabyte',
    start: always(answer(200, '{}', `X-Giant: ${'x'.repeat(1024 * 1024)}`)),
    expect: { exit: 3, says: /headers that .* sends .* are bigger than 64 KiB/i, maxSeconds: 10 },
  },
  {
    id: 'rate-limits-for-ever',
    title: 'everything is answered with 429 and an hour of patience is asked for',
    start: always(answer(429, '{"error":"slow down"}', 'Retry-After: 3600')),
    expect: { exit: 3, says: /answers 429 and asks to wait 3600 s/, maxSeconds: 20 },
  },
  {
    id: 'unavailable-for-ever',
    title: 'everything is answered with 503 until a day in the far future',
    start: always(answer(503, '{}', 'Retry-After: Fri, 31 Dec 2100 23:59:59 GMT')),
    expect: { exit: 3, says: /answers 503 and asks to wait \d+ s/, maxSeconds: 20 },
  },
  {
    id: 'rate-limits-without-a-word',
    title: 'everything is answered with 429, and it is not said how long to wait',
    start: always(answer(429, '{"error":"slow down"}')),
    args: () => ['--max-time', '8'],
    expect: { exit: 3, says: /answers 429 and says for no time when to come back/, maxSeconds: 20 },
  },
  {
    id: 'answers-reads-only',
    title: 'whatever writes is taken and never answered, and done all the same',
    inRunsOnly: true,
    start: () =>
      disguised((socket, answered, { method }) => {
        if (method === 'GET') handOn(socket, answered);
      }),
    expect: { exit: 3, says: /did not answer within 1 s/, maxSeconds: 25 },
  },
  {
    id: 'hangs-on-updates',
    title: 'updates are taken and never answered',
    inRunsOnly: true,
    start: () =>
      disguised((socket, answered, { method }) => {
        if (method !== 'PUT') handOn(socket, answered);
      }),
    expect: { exit: 3, says: /took PUT .* and did not answer within 1 s/, maxSeconds: 25 },
  },
  {
    id: 'resets-now-and-then',
    title: 'each third connection is reset after the work is done',
    inRunsOnly: true,
    start: () =>
      disguised((socket, answered, { count }) => {
        if (count % 3 === 0) socket.resetAndDestroy();
        else handOn(socket, answered);
      }),
    expect: { exit: 3, says: /cut the connection before it answered/, maxSeconds: 25 },
  },
  {
    id: 'breaks-off-now-and-then',
    title: 'each thirteenth answer breaks off in the middle, after the work is done',
    inRunsOnly: true,
    start: () =>
      disguised((socket, answered, { count }) => {
        if (count % 13 > 0 || answered.body === '') handOn(socket, answered);
        else socket.end(answerOf(answered).subarray(0, -10));
      }),
    expect: { exit: 3, says: /cut the connection in the middle of its answer/, maxSeconds: 25 },
  },
  {
    id: 'slow',
    title: 'each answer is right and comes after more than half of the time',
    inRunsOnly: true,
    start: () =>
      disguised((socket, answered) => {
        setTimeout(() => handOn(socket, answered), 600);
      }),
    args: () => ['--max-time', '15'],
    expect: { exit: 3, says: /time of 15 s \(--max-time\) is used up/, maxSeconds: 15 },
  },
  {
    id: 'hangs-in-mid-run',
    title: 'after thirty right answers nothing is answered any more',
    inRunsOnly: true,
    start: () =>
      disguised((socket, answered, { count }) => {
        if (count <= 30) handOn(socket, answered);
      }),
    expect: { exit: 3, says: /stopped asking/, maxSeconds: 20 },
  },
  {
    id: 'rate-limits-in-mid-run',
    title: 'after thirty right answers an hour of patience is asked for',
    inRunsOnly: true,
    start: () =>
      disguised((socket, answered, { count }) => {
        if (count <= 30) handOn(socket, answered);
        else socket.write(answer(429, '{}', 'Retry-After: 3600'));
      }),
    expect: { exit: 3, says: /answers 429 and asks to wait 3600 s/, maxSeconds: 20 },
  },
  {
    id: 'silent-tls',
    title: 'an https URL leads to a port that accepts and says nothing',
    start: async () => {
      const { url, close } = await raw(() => undefined);
      return { url: url.replace('http:', 'https:'), close };
    },
    expect: { exit: 3, says: /accepted no connection .* within 1 s/, maxSeconds: 20 },
  },
  {
    id: 'untrusted-tls',
    title: 'nobody vouches for the TLS certificate',
    start: () =>
      disguised((socket, answered) => handOn(socket, answered), { tls: { cert: certificate, key: privateKey } }),
    expect: { exit: 3, says: /TLS certificate of .* cannot be trusted; --cacert/, maxSeconds: 10 },
  },
  {
    id: 'plain-where-tls-is-asked',
    title: 'an https URL leads to a port that speaks plain HTTP',
    start: async () => {
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      return {
        url: `https://127.0.0.1:${String(port)}`,
        close: () => new Promise((resolve) => server.close(() => resolve())),
      };
    },
    expect: { exit: 3, says: /does not speak TLS/, maxSeconds: 10 },
  },
  {
    id: 'dies-in-mid-run',
    title: 'after twenty right answers nobody listens any more',
    start: () =>
      disguised((socket, answered, { count }, stop) => {
        if (count > 20) stop();
        else handOn(socket, answered);
      }),
    expect: { exit: 3, says: /stopped asking/, maxSeconds: 20 },
  },
];
