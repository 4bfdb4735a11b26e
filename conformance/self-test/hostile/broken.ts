/** Targets that answer, and whose answers break the contract: exit code 1. */
import { gzipSync } from 'node:zlib';
import type { HostileTarget, RunningTarget } from './target.ts';
import { always, answer, answerOf, disguised, handOn, head, raw } from './wire.ts';

const call = '{"success":true,"data":{"uid":"a-1"}}';
const quick = { exit: 1, maxSeconds: 20 } as const;

function gzipped(bytes: Buffer): Buffer {
  return answer(200, bytes, 'Content-Encoding: gzip');
}

/** Sends the token nowhere: a redirect to another origin must be told and not followed. */
async function redirectElsewhere(): Promise<RunningTarget> {
  const asked: string[] = [];
  const elsewhere = await raw((socket, { method, path }) => {
    asked.push(`${method} ${path}`);
    socket.write(answer(200, '{}'));
  });
  const target = await raw(
    (socket, { path }) => void socket.write(answer(307, '', `Location: ${elsewhere.url}${path}`)),
  );
  return {
    url: target.url,
    verify: () => {
      if (asked.length > 0) throw new Error(`the other origin was asked: ${asked.join(', ')}`);
    },
    close: async () => {
      await target.close();
      await elsewhere.close();
    },
  };
}

/** Values that break programs which take a target at its word: no character, no date, no number, no property of their own. */
const STUMBLING: readonly unknown[] = [
  ...['\ud800', '\u0000', '', '__proto__', 'constructor', '{uid}', '$&', '%', '../../x', 'http://[::1', '//x'],
  ...['+275760-09-13T00:00:00.001Z', '9999-99-99T99:99:99Z', '2016-12-31T23:59:60Z', 'NaN', '1e999', '0x10', '\u0663'],
  ...[null, true, -1, 1e308, [], {}, [[]], [null], { length: -1 }, { toString: 1 }, { constructor: null }],
];

/** @returns the body with one of its values replaced; which one and by what follows from the number */
function garble(body: string, number: number): string {
  if (!body.startsWith('{')) return body;
  const whole: unknown = JSON.parse(body);
  const places: [holder: Record<string, unknown>, name: string][] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      places.push([value as Record<string, unknown>, name]);
      visit(inner);
    }
  };
  visit(whole);
  const [holder, name] = places[(number * 7) % places.length] ?? [{}, ''];
  holder[name] = STUMBLING[number % STUMBLING.length];
  return JSON.stringify(whole);
}

/** What spoils a terminal, an XML report, an HTML report and a Markdown report. */
const nasty = '\u001b[31mred\u001b]0;title\u0007 \u0000\u0008 ]]> <script>alert(1)</script> \u202e ``` | \ufffe';

export const brokenTargets: HostileTarget[] = [
  {
    id: 'length-too-big',
    title: 'Content-Length announces more than comes',
    start: () => raw((socket) => void socket.end(`${head(201, 'Content-Length: 1000')}${call}`)),
    expect: { ...quick, says: /Content-Length announces 1000 bytes, and the body has 37/ },
  },
  {
    id: 'gateway-without-server',
    title: 'a gateway answers 502 to everything',
    start: always(answer(502, '{}')),
    expect: { ...quick, says: /answered 502/ },
  },
  {
    id: 'length-too-big-and-silence',
    title: 'Content-Length announces more than comes, and the connection stays open',
    start: always(`${head(201, 'Content-Length: 1000')}${call}`),
    args: () => ['--profile', 'core'],
    expect: { exit: 1, says: /Content-Length announces 1000 bytes/, maxSeconds: 35 },
  },
  {
    id: 'length-too-small',
    title: 'Content-Length announces less than comes',
    start: always(`${head(201, 'Content-Length: 10')}${call}`),
    expect: { ...quick, says: /Content-Length/ },
  },
  {
    id: 'endless-body',
    title: 'the body never ends',
    start: () =>
      raw((socket) => {
        const block = ' '.repeat(65_536);
        const fill = (): void => {
          while (!socket.destroyed && socket.write(block));
        };
        socket.on('drain', fill);
        socket.write(head(200, 'Connection: close'));
        fill();
      }),
    args: () => ['--max-body', '1000000'],
    expect: { ...quick, says: /the body is bigger than/ },
  },
  {
    id: 'huge-body',
    title: 'the body has fifty megabytes',
    start: () => {
      const block = Buffer.alloc(1_000_000, ' ');
      return raw((socket) => {
        socket.write(head(200, 'Content-Length: 50000000'));
        for (let sent = 0; sent < 50; sent += 1) socket.write(block);
      });
    },
    expect: { ...quick, says: /the body is bigger than 10 MiB/ },
  },
  {
    id: 'gzip-bomb',
    title: 'a small gzip stream makes a gigabyte',
    start: always(gzipped(gzipSync(Buffer.alloc(1_000_000_000)))),
    expect: { exit: 1, says: /bigger than 10 MiB once decompressed/, maxSeconds: 30 },
  },
  {
    id: 'broken-gzip',
    title: 'the gzip stream breaks off',
    start: always(gzipped(gzipSync(call).subarray(0, 25))),
    expect: { ...quick, says: /no complete gzip stream/ },
  },
  {
    id: 'deep-json',
    title: 'JSON is nested 100,000 levels deep',
    start: always(answer(200, `${'{"data":['.repeat(50_000)}${']}'.repeat(50_000)}`)),
    expect: { ...quick, says: /nested more than 1000 levels deep/ },
  },
  {
    id: 'many-values',
    title: 'JSON has millions of values',
    start: always(answer(200, `[${'{},'.repeat(3_000_000)}{}]`)),
    expect: { ...quick, says: /more than 300000 values/ },
  },
  {
    id: 'many-names',
    title: 'JSON has an object of half a million names',
    start: always(
      answer(201, `{"data":{${Array.from({ length: 500_000 }, (_, index) => `"k${String(index)}":0`).join(',')}}}`),
    ),
    expect: { ...quick, says: /an object of more than 10000 names/ },
  },
  {
    id: 'as-many-values-as-may-be',
    title: 'JSON has as many values as a body may have, in objects that are all different',
    inRunsOnly: true,
    start: always(
      answer(
        201,
        `{"success":true,"data":[${Array.from({ length: 140_000 }, (_, index) => `{"k${String(index)}":0}`).join(',')}]}`,
      ),
    ),
    // Reading one takes V8 most of a second: some cases of each kind, and the time that they may take on a busy machine.
    args: () => ['--max-time', '240', '--include', '*.createVoiceCall', '--include', 'list-p*'],
    expect: { exit: 1, says: /createVoiceCall answered 201/, maxSeconds: 60, maxRssMib: 800 },
  },
  {
    id: 'many-wrong-items',
    title: 'the list has a hundred thousand items, each of them wrong in every property',
    inRunsOnly: true,
    start: () => {
      const list = answer(200, `{"success":true,"data":{"voice_calls":[${'{},'.repeat(100_000)}{}]}}`);
      return disguised((socket, answered, { method, path }) => {
        if (method === 'GET' && /voice_calls(?:$|\?)/.test(path)) socket.write(list);
        else handOn(socket, answered);
      });
    },
    expect: { exit: 1, says: /listVoiceCalls/, maxSeconds: 60, maxRssMib: 800 },
  },
  {
    id: 'giant-id',
    title: 'the id of each record has nine megabytes',
    start: always(answer(201, `{"success":true,"data":{"uid":"${'x'.repeat(9_000_000)}"}}`)),
    expect: { exit: 1, says: /no server takes so long an address/, maxSeconds: 40, maxRssMib: 800 },
  },
  {
    id: 'half-a-character',
    title: 'the id of each record is half a character, which no address can hold',
    start: always(answer(201, '{"success":true,"data":{"uid":"\\ud800"}}')),
    expect: { ...quick, says: /uid/ },
  },
  {
    id: 'tiny-chunks-for-ever',
    title: 'the body never ends, and comes in chunks of one byte',
    inRunsOnly: true,
    start: () =>
      raw((socket) => {
        const block = '1\r\n \r\n'.repeat(10_000);
        const fill = (): void => {
          while (!socket.destroyed && socket.write(block));
        };
        socket.on('drain', fill);
        socket.write(head(200, 'Transfer-Encoding: chunked'));
        fill();
      }),
    args: () => ['--max-body', '100000'],
    expect: { exit: 1, says: /the body is bigger than/, maxSeconds: 30 },
  },
  {
    id: 'garbles-values',
    title: 'in each third answer one value is another one, of the kind that programs stumble over',
    start: () =>
      disguised((socket, answered, { count }) => {
        const body = count % 3 === 0 ? garble(answered.body, count) : answered.body;
        socket.write(answerOf({ ...answered, body }));
      }),
    expect: { ...quick, says: /NON-CONFORMANT/ },
  },
  {
    id: 'proto-json',
    title: 'JSON has names that stand for prototypes',
    start: always(
      answer(
        200,
        '{"success":true,"data":{"__proto__":{"uid":"a-1"},"constructor":{"prototype":{"uid":1}}},"__proto__":{"success":true}}',
      ),
    ),
    expect: { ...quick, says: /createVoiceCall/ },
  },
  {
    id: 'nan-json',
    title: 'JSON has NaN in it',
    start: always(answer(201, '{"success":true,"data":{"uid":"a-1","rate":NaN}}')),
    expect: { ...quick, says: /JSON/ },
  },
  {
    id: 'invalid-utf8',
    title: 'the body is not UTF-8',
    start: always(answer(201, Buffer.from('{"success":true,"data":{"uid":"\xe9"}}', 'latin1'))),
    expect: { ...quick, says: /not valid UTF-8/ },
  },
  {
    id: 'broken-chunks',
    title: 'the chunks of the body have no sizes',
    start: () =>
      raw((socket) => void socket.end(`${head(201, 'Transfer-Encoding: chunked')}zz\r\n${call}\r\n0\r\n\r\n`)),
    expect: { ...quick, says: /framing of the body is broken/ },
  },
  {
    id: 'html-with-200',
    title: 'everything is answered with 200 and a page',
    start: always(
      answer(200, '<!doctype html><script>alert(1)</script>').toString().replace('application/json', 'text/html'),
    ),
    expect: { ...quick, says: /200|text\/html/ },
  },
  {
    id: 'empty-200',
    title: 'everything is answered with 200 and nothing',
    start: always(answer(200, '')),
    expect: { ...quick, says: /200|empty|no body/i },
  },
  {
    id: 'no-content',
    title: 'everything is answered with 204',
    start: always('HTTP/1.1 204 No Content\r\n\r\n'),
    expect: { ...quick, says: /204/ },
  },
  {
    id: 'redirects-to-itself',
    title: 'everything is redirected within the origin',
    start: () => raw((socket, { path }) => void socket.write(answer(302, '', `Location: ${path}`))),
    expect: { ...quick, says: /302/ },
  },
  {
    id: 'redirects-elsewhere',
    title: 'everything is redirected to another origin',
    start: redirectElsewhere,
    expect: { ...quick, says: /307/ },
  },
  {
    id: 'server-errors',
    title: 'everything is answered with 500',
    start: always(answer(500, '{"success":false,"errors":[{"code":"internal","message":"boom"}]}')),
    expect: { ...quick, says: /500/ },
  },
  {
    id: 'control-characters',
    title: 'messages hold what spoils terminals and reports',
    start: always(
      answer(
        500,
        JSON.stringify({ success: false, errors: [{ code: nasty, message: nasty }], [nasty]: nasty }),
        'X-Nasty: \u009b31m',
      ),
    ),
    expect: { ...quick, says: /500/ },
  },
  {
    id: 'echoes-the-token-and-is-wrong',
    title: 'the token comes back in every place and encoding, in answers that are wrong',
    start: () =>
      raw((socket, { headers }) => {
        const token = (headers['authorization'] ?? '').replace('Bearer ', '');
        socket.write(
          answer(
            500,
            echo(token),
            `X-Echo: Bearer ${token}`,
            `X-Base64: ${Buffer.from(`user:${token}`).toString('base64')}`,
          ),
        );
      }),
    expect: { ...quick, says: /500/ },
  },
  {
    id: 'echoes-the-token-as-the-id',
    title: 'the token comes back as the id of each record',
    start: () =>
      disguised((socket, answered, { headers }) => {
        const token = (headers['authorization'] ?? '').replace('Bearer ', '');
        const body = answered.body.replaceAll(/"uid":"[^"]*"/g, `"uid":"${token}"`);
        socket.write(answerOf({ ...answered, body }));
      }),
    expect: { ...quick, says: /uid/ },
  },
  {
    id: 'echoes-the-token-in-long-values',
    title: 'the token comes back in names and at the end of values that messages cut',
    start: () =>
      raw((socket, { headers }) => {
        const token = (headers['authorization'] ?? '').replace('Bearer ', '');
        const fields = {
          external_uuid: 'x'.repeat(42) + token,
          status: token + 'y'.repeat(90),
          rate: 'z'.repeat(37) + token,
        };
        socket.write(
          answer(201, JSON.stringify({ success: true, [token]: 1, data: { uid: 'a', [token]: 1, ...fields } })),
        );
      }),
    expect: { ...quick, says: /external_uuid/ },
  },
  {
    id: 'echoes-the-token-as-the-record',
    title: 'the token comes back as the value of what was written',
    start: () =>
      disguised((socket, { status, headers, body }, asked) => {
        const token = (asked.headers['authorization'] ?? '').replace('Bearer ', '');
        const changed = body.replaceAll(/"external_uuid":"(?:[^"\\]|\\.)*"/g, `"external_uuid":"${token}"`);
        socket.write(answerOf({ status, headers, body: changed }));
      }),
    expect: { ...quick, says: /external_uuid/ },
  },
];

/** A token in all the forms in which it may come back. */
export function echo(token: string): string {
  const bytes = Buffer.from(token);
  return JSON.stringify({
    success: false,
    errors: [{ code: token, message: `Bearer ${token}, again ${token.toUpperCase()}` }],
    base64: bytes.toString('base64'),
    shifted: [Buffer.from(`:${token}`).toString('base64'), Buffer.from(`ab${token}`).toString('base64url')],
    hex: bytes.toString('hex'),
    percent: Array.from(bytes, (byte) => `%${byte.toString(16)}`).join(''),
    [token]: 'as a name',
  }).replace('"as a name"', `"${Array.from(bytes, (byte) => `\\u00${byte.toString(16)}`).join('')}"`);
}
