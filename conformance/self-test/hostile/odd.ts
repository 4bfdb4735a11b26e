/** Targets that are right in substance and odd in manner: exit code 0, since nothing that the contract demands is broken. */
import { gzipSync } from 'node:zlib';
import { certificate, privateKey } from '../../target/testing/certificate.ts';
import { echo } from './broken.ts';
import type { HostileTarget, RunningTarget } from './target.ts';
import { answerOf, disguised, handOn, type Answered, type Garble } from './wire.ts';

const fine = { exit: 0, says: /conform/i, maxSeconds: 90 } as const;

/** What is odd in manner shows in few requests. */
const core = (): string[] => ['--profile', 'core'];

/** The reference server with each body changed; bodies that are no JSON objects stay. */
function rewritten(change: (body: string, answered: Answered) => string): () => Promise<RunningTarget> {
  return () =>
    disguised((socket, answered) => {
      const body = answered.body.startsWith('{') ? change(answered.body, answered) : answered.body;
      socket.write(answerOf({ ...answered, body }));
    });
}

function tlsTarget(garble: Garble = (socket, answered) => handOn(socket, answered)): () => Promise<RunningTarget> {
  return async () => ({
    ...(await disguised(garble, { tls: { cert: certificate, key: privateKey } })),
    files: { 'ca.pem': certificate },
  });
}

export const oddTargets: HostileTarget[] = [
  {
    id: 'trusted-tls',
    title: 'the TLS certificate is vouched for by the authority that --cacert names',
    start: tlsTarget(),
    args: ({ files }) => [...core(), '--cacert', files?.['ca.pem'] ?? ''],
    expect: fine,
  },
  {
    id: 'insecure-tls',
    title: 'the TLS certificate is not looked at, as --insecure wishes and the run says aloud',
    start: tlsTarget(),
    args: () => [...core(), '--insecure'],
    expect: { ...fine, says: /insecure|not (?:be )?(?:checked|verified)/i },
  },
  {
    id: 'byte-order-mark',
    title: 'each body begins with a byte order mark',
    start: rewritten((body) => `\ufeff${body}`),
    args: core,
    expect: { ...fine, says: /byte order mark/ },
  },
  {
    id: 'duplicate-keys',
    title: 'names stand twice in each body, the right value last',
    start: rewritten((body) => body.replace('{', '{"success":"first",')),
    args: core,
    expect: { ...fine, says: /stands twice/ },
  },
  {
    id: 'proto-beside',
    title: 'a field called __proto__ stands beside the others',
    start: rewritten((body) => body.replace('{', '{"__proto__":{"polluted":true},"constructor":1,')),
    args: core,
    expect: fine,
  },
  {
    id: 'cuts-kept-connections',
    title: 'each kept connection is cut after its first answer',
    start: () =>
      disguised((socket, answered) => {
        handOn(socket, answered);
        setTimeout(() => socket.destroy(), 2);
      }),
    expect: fine,
  },
  {
    id: 'closes-each-connection',
    title: 'each answer says Connection: close',
    start: () => disguised((socket, answered) => void socket.end(answerOf(answered, 'Connection: close'))),
    args: core,
    expect: fine,
  },
  {
    id: 'old-http',
    title: 'HTTP/1.0 is spoken, and the end of the connection is the end of the body',
    start: () =>
      disguised((socket, answered) => {
        const text = answerOf(answered)
          .toString()
          .replace('HTTP/1.1', 'HTTP/1.0')
          .replace(/Content-Length: \d+\r\n/, '');
        socket.end(text);
      }),
    args: core,
    expect: fine,
  },
  {
    id: 'tiny-chunks',
    title: 'bodies come in chunks of one byte',
    start: () =>
      disguised((socket, answered) => {
        if (answered.body === '') {
          handOn(socket, answered);
          return;
        }
        const bytes = Buffer.from(answered.body);
        const framed =
          answerOf(answered)
            .toString()
            .replace(/Content-Length: \d+/, 'Transfer-Encoding: chunked')
            .split('\r\n\r\n', 1)[0] ?? '';
        const chunks = [...bytes].flatMap((byte) => [Buffer.from('1\r\n'), Buffer.from([byte]), Buffer.from('\r\n')]);
        socket.write(Buffer.concat([Buffer.from(`${framed}\r\n\r\n`), ...chunks, Buffer.from('0\r\n\r\n')]));
      }),
    args: core,
    expect: fine,
  },
  {
    id: 'compresses',
    title: 'bodies are compressed where the client accepts it',
    start: () =>
      disguised((socket, answered, { headers }) => {
        const packed = answered.body !== '' && (headers['accept-encoding'] ?? '').includes('gzip');
        if (packed) socket.write(answerOf({ ...answered, body: gzipSync(answered.body) }, 'Content-Encoding: gzip'));
        else handOn(socket, answered);
      }),
    args: core,
    expect: fine,
  },
  {
    id: 'many-headers',
    title: 'there are two thousand headers',
    start: () => {
      const many = Array.from({ length: 2000 }, (_, index) => `X-Many-${String(index)}: ${String(index)}`);
      return disguised((socket, answered) => handOn(socket, answered, ...many));
    },
    args: core,
    expect: fine,
  },
  {
    id: 'rate-limits-now-and-then',
    title: 'the tenth request is told to come back in a second',
    start: () =>
      disguised((socket, answered) => handOn(socket, answered), {
        refuse: ({ count }) =>
          count === 10 ? 'HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n' : undefined,
      }),
    args: core,
    expect: fine,
  },
  {
    id: 'repeats-interim-answers',
    title: 'each answer follows several 100, 102 and 103',
    start: () =>
      disguised((socket, answered) => {
        socket.write('HTTP/1.1 100 Continue\r\n\r\n'.repeat(2));
        socket.write('HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n');
        handOn(socket, answered);
      }),
    args: core,
    expect: fine,
  },
  {
    id: 'two-media-types',
    title: 'each answer has two Content-Type headers that contradict each other',
    start: () => disguised((socket, answered) => handOn(socket, answered, 'Content-Type: text/html')),
    args: core,
    expect: { ...fine, says: /media types that contradict each other/ },
  },
  {
    id: 'big-bodies',
    title: 'each body has half a megabyte, which is within the cap',
    start: rewritten((body) => body.replace('{', `{"padding":"${'x'.repeat(500_000)}",`)),
    args: core,
    expect: fine,
  },
  {
    id: 'echoes-the-token',
    title: 'the token comes back in every place and encoding, in answers that are right',
    start: () =>
      disguised((socket, answered, { headers }) => {
        const token = (headers['authorization'] ?? '').replace('Bearer ', '');
        const body = answered.body.replace(/^\{/, `{"echo":${echo(token)},`);
        socket.write(answerOf({ ...answered, body }, `X-Echo: ${token}`));
      }),
    args: core,
    expect: fine,
  },
  {
    id: 'nasty-messages',
    title: 'error messages hold control characters and markup',
    start: rewritten((body, { status }) =>
      status < 400
        ? body
        : body.replaceAll(/"message":"/g, '"message":"\\u001b[31m ]]> <script>alert(1)</script> \\u0000 \\u202e'),
    ),
    expect: fine,
  },
];
