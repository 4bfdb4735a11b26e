/** A right server for the tiny contract of the rules' own tests, in memory: no network, no clock. */
import { isObject } from '../../contract/resolve.ts';
import type { Exchange } from '../../model/index.ts';

export interface FakeRequest {
  operation: string;
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

export interface FakeAnswer {
  code: number;
  json: unknown;
  /** In place of the JSON. */
  text?: string;
  type?: string;
  location?: string;
  /** What a strict reader of JSON finds odd. */
  oddities?: string[];
}

/** A stored note. */
export type Note = Record<string, unknown>;

/** What is wrong with a server: it sees the request, and what the right server makes of it. */
export type Tweak = (request: FakeRequest, right: () => FakeAnswer, notes: Map<string, Note>) => FakeAnswer;

const refuse = (code: number, text: string, field?: string): FakeAnswer => ({
  code,
  json: { http: code, text, field },
});
const tints = ['RED', 'BLUE'];

/**
 * @param tweak what the server does otherwise than a right one
 * @returns the sending half of a target
 */
export function fakeServer(tweak: Tweak = (_request, right) => right()): {
  send: (request: FakeRequest) => Promise<Exchange>;
} {
  const notes = new Map<string, Note>();
  const used = new Map<string, string>();
  let sent = 0;
  return {
    send: (request) => {
      sent += 1;
      const answer = tweak(request, () => answerRightly(request, notes, used, sent), notes);
      const body = answer.text ?? JSON.stringify(answer.json);
      const method = request.method;
      const text = typeof request.body === 'string' ? request.body : undefined;
      return Promise.resolve({
        id: sent,
        operation: request.operation,
        request: { method, url: `http://notes.example${request.path}`, headers: request.headers ?? {}, body: text },
        response: {
          status: answer.code,
          headers: {
            'content-type': answer.type ?? 'application/json',
            date: new Date(instantOf(sent)).toUTCString(),
            ...(answer.location === undefined ? {} : { location: answer.location }),
          },
          body,
          json: parsed(body),
          ...(answer.oddities ? { oddities: answer.oddities } : {}),
        },
        startedAtMs: sent,
        durationMs: 0,
        attempts: 1,
      });
    },
  };
}

function answerRightly(
  { method, path, headers = {}, body }: FakeRequest,
  notes: Map<string, Note>,
  used: Map<string, string>,
  tick: number,
): FakeAnswer {
  const [place = '', query = ''] = path.split('?');
  const ref = /^\/notes\/([^/]+)$/.exec(place)?.[1];
  if (ref === undefined && place !== '/notes') return refuse(404, 'no such place');
  if (!(ref === undefined ? ['GET', 'POST'] : ['GET', 'PUT']).includes(method)) return refuse(405, 'no such method');
  const reads = headers['authorization'] === 'Bearer reader-token';
  if (!reads && headers['authorization'] !== 'Bearer main-token') return refuse(401, 'who are you');
  if (reads && method !== 'GET') return refuse(403, 'you may read');
  const known = ref === undefined ? undefined : notes.get(decodeURIComponent(ref));
  if (ref !== undefined && !known) return refuse(404, 'no such note');
  if (method === 'GET') return known ? { code: 200, json: known } : leaf(notes, new URLSearchParams(query));
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) return refuse(415, 'JSON, please');
  const note = parsed(typeof body === 'string' ? body : '');
  const wrong = faultOf(note);
  if (wrong !== undefined || !isObject(note)) return refuse(400, `${wrong ?? 'it'} is wrong`, wrong);
  if (note.owner === 'owner-9') return refuse(422, 'owner is closed');
  const key = headers['Once-Key'] ?? headers['once-key'];
  const original = key === undefined ? undefined : used.get(key);
  if (original !== undefined) return refuse(409, `it made ${original}`);
  const changed = instantOf(tick);
  const fresh = `note-${String(tick).padStart(6, '0')}`;
  const own = known ?? { ref: fresh, self: `/notes/${fresh}`, made: changed, loud: false, stage: 'NEW' };
  const made = { ...own, ...pick(note), changed };
  notes.set(String(own.ref), made);
  if (key !== undefined) used.set(key, String(own.ref));
  return known ? { code: 200, json: made } : { code: 201, json: made, location: `/notes/${fresh}` };
}

function instantOf(tick: number): string {
  const two = (value: number): string => String(value % 60).padStart(2, '0');
  return `2030-01-01T${two(Math.floor(tick / 3600))}:${two(Math.floor(tick / 60))}:${two(tick)}.000Z`;
}

function pick(note: Note): Note {
  return Object.fromEntries(
    ['owner', 'tag', 'tint', 'weight', 'loud', 'code', 'due', 'mood']
      .filter((name) => note[name] !== undefined && note[name] !== null)
      .map((name) => [name, note[name]]),
  );
}

/** The property that is wrong. */
function faultOf(note: unknown): string | undefined {
  if (!isObject(note)) return 'it';
  const text = (value: unknown): boolean => typeof value === 'string' && value !== '' && [...value].length <= 255;
  const unless = (name: string, right: (value: string) => boolean): boolean => {
    const value = note[name] ?? undefined;
    return value === undefined || (typeof value === 'string' && right(value));
  };
  const right: Record<string, boolean> = {
    owner: text(note.owner),
    tag: text(note.tag),
    tint: typeof note.tint === 'string' && tints.includes(note.tint),
    weight: Number.isInteger(note.weight) && Number(note.weight) >= 0 && Number(note.weight) <= 9,
    loud: note.loud === undefined || note.loud === null || typeof note.loud === 'boolean',
    code: unless('code', (value) => /^[A-Z]{3}$/.test(value)),
    due: unless('due', (value) => !Number.isNaN(Date.parse(value)) && value.includes('T')),
    mood: unless('mood', (value) => [...value].length <= 80),
  };
  return Object.keys(right).find((name) => right[name] === false);
}

function leaf(notes: Map<string, Note>, query: URLSearchParams): FakeAnswer {
  const number = Number(query.get('leaf') ?? 1);
  const many = Number(query.get('many') ?? 20);
  if (!Number.isInteger(number) || number < 1 || number > 1000) return refuse(400, 'leaf is wrong', 'leaf');
  if (!Number.isInteger(many) || many < 1 || many > 50) return refuse(400, 'many is wrong', 'many');
  const only = query.get('only[tag]');
  const owner = query.get('owner');
  const all = [...notes.values()].filter(
    ({ tag, owner: own }) => (only === null || tag === only) && (owner === null || own === owner),
  );
  if (!(query.get('order') ?? '').endsWith(':asc')) all.reverse();
  return { code: 200, json: { notes: all.slice((number - 1) * many, number * many) } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
