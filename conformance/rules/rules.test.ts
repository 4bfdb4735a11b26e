import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadContract } from '../contract/load.ts';
import type { Contract } from '../contract/types.ts';
import { openValidators } from '../contract/validators.ts';
import { explain } from '../model/breach/explain.ts';
import { createSession } from '../run/session.ts';
import { plainRuleIds, rules, ruleIds } from './index.ts';
import { fakeServer, type FakeAnswer, type FakeRequest, type Note, type Tweak } from './kit/fake-session.ts';
import { BlockedError, type Outcome, type Phase } from './types.ts';

let contract: Contract;
beforeAll(async () => {
  const file = fileURLToPath(new URL('fixtures/notes.yaml', import.meta.url));
  // With a requirement of its own it is no plain document, whose levels are another table.
  const own = { id: 'NOTES-ALL', level: 'MUST' as const, sentence: 'Notes keep their contract.', rules: ['accepts'] };
  contract = { ...(await loadContract(file, { allowRemote: false })), requirements: [own] };
});

/** What an outcome says. */
function sentence({ breach, message, operation = 'it' }: Outcome): string {
  return breach ? explain(breach, { operation, address: operation, level: 'MUST' }).sentence : (message ?? '');
}

/** All cases of one rule against one server, phase by phase. */
async function outcomesOf(ruleId: string, tweak?: Tweak): Promise<Outcome[]> {
  const { send } = fakeServer(tweak);
  const session = createSession({
    contract,
    validators: await openValidators(contract, { properties: true }),
    target: { send, requests: 0, dead: () => undefined, close: () => Promise.resolve(), mask: (text) => text },
    targetUrl: 'http://notes.example',
    token: 'main-token',
    roleTokens: { reader: 'reader-token' },
    fixtures: new Map([
      ['owner', 'owner-1'],
      ['closed_owner', 'owner-9'],
    ]),
    seed: 1,
    consistencyMs: 0,
    explore: 3,
    workers: 1,
    now: () => 0,
    wait: () => Promise.resolve(),
    onExchange: () => undefined,
  });
  const options = { roles: ['reader'], fixtures: ['owner', 'closed_owner'], explore: 3, readOnly: false };
  const wanted = rules.filter(({ id }) => [ruleId, 'round-trip', 'unknown-id'].includes(id));
  const cases = wanted.flatMap((rule) => Array.from(rule.cases(contract, options), (one) => ({ rule: rule.id, one })));
  const found: Outcome[] = [];
  for (const { one } of cases) await one.prepare?.(session).catch(() => undefined);
  for (const phase of ['first', 'write', 'quiet', 'alone', 'end'] satisfies Phase[])
    for (const { rule, one } of cases.filter(({ one: { phase: own } }) => own === phase)) {
      const outcome = await one.run(session).catch((error: unknown): Outcome => {
        if (error instanceof BlockedError) return { status: 'not-tested', message: error.message };
        throw error;
      });
      if (rule === ruleId)
        found.push(...[outcome, ...(outcome.also ?? [])].map((each) => ({ operation: one.operation, ...each })));
    }
  return found;
}

const bodyOf = ({ body }: FakeRequest): Note => {
  try {
    return JSON.parse(String(body)) as Note;
  } catch {
    return {};
  }
};
const created = (note: Note): FakeAnswer => ({
  code: 201,
  json: { ref: 'note-x', made: '2030-01-01T00:00:00.000Z', changed: '2030-01-01T00:00:00.000Z', loud: false, ...note },
});
/** Takes on create what a right server refuses. */
const takes =
  (when: (note: Note) => boolean): Tweak =>
  (request, right) =>
    request.operation === 'createNote' && when(bodyOf(request)) ? created(bodyOf(request)) : right();
/** Tells a record otherwise than it is stored. */
const tells =
  (operation: string, change: (note: Note) => unknown): Tweak =>
  (request, right) => {
    const answer = right();
    return request.operation === operation && answer.code < 300
      ? { ...answer, json: change(answer.json as Note) }
      : answer;
  };
const answers =
  (from: number, code: number): Tweak =>
  (_request, right) => {
    const answer = right();
    return answer.code === from ? { code, json: { http: code, text: 'so' } } : answer;
  };
const listed = (change: (notes: Note[]) => Note[]): Tweak =>
  tells('listNotes', ({ notes }) => ({ notes: change(notes as Note[]) }));

/** Remembers the key of a request that it refuses. */
function rememberingKeys(): Tweak {
  const failed = new Set<string>();
  return (request, right) => {
    const key = request.headers?.['Once-Key'] ?? request.headers?.['once-key'];
    if (key !== undefined && failed.has(key)) return { code: 409, json: { http: 409, text: 'again' } };
    const answer = right();
    if (key !== undefined && answer.code >= 400) failed.add(key);
    return answer;
  };
}

/** Takes equal bodies for one and the same request. */
function tellingRepeatsByBody(): Tweak {
  const seen = new Set<string>();
  return (request, right) => {
    if (request.operation !== 'createNote') return right();
    const text = String(request.body);
    if (seen.has(text)) return { code: 409, json: { http: 409, text: 'again' } };
    seen.add(text);
    return right();
  };
}

/** Takes a tag for the name of a note. */
function answeringOlder(): Tweak {
  const known = new Map<unknown, FakeAnswer>();
  return (request, right) => {
    const { tag } = bodyOf(request);
    const older = request.operation === 'createNote' ? known.get(tag) : undefined;
    const answer = older ?? right();
    if (request.operation === 'createNote' && answer.code === 201) known.set(tag, answer);
    return answer;
  };
}

/** One broken server for each rule, and what the message names. */
const table: Record<string, [what: string, tweak: Tweak, names: string]> = {
  accepts: [
    'refuses every create',
    (request, right) => (request.operation === 'createNote' ? { code: 400, json: { http: 400, text: 'no' } } : right()),
    'createNote',
  ],
  'required-missing': ['takes a note without tint', takes(({ tint }) => tint === undefined), 'tint'],
  'key-case': ['folds the case of names', takes((note) => 'TAG' in note), 'TAG'],
  'required-null': ['takes null for weight', takes(({ weight }) => weight === null), 'weight'],
  'empty-value': ['takes an empty tag', takes(({ tag }) => tag === ''), 'tag'],
  'wrong-type': ['takes a text for weight', takes(({ weight }) => typeof weight === 'string'), 'weight'],
  'enum-refused': [
    'takes any tint',
    takes(({ tint }) => typeof tint === 'string' && !['RED', 'BLUE', ''].includes(tint)),
    'tint',
  ],
  'bounds-refused': ['takes a weight of ten', takes(({ weight }) => Number(weight) > 9), 'weight'],
  'refused-fixture': ['takes a closed owner', takes(({ owner }) => owner === 'owner-9'), 'owner'],
  'round-trip': [
    'cuts the tag',
    tells('getNote', (note) => ({ ...note, tag: String(note['tag']).slice(0, 3) })),
    'tag',
  ],
  'identifier-values': [
    'lowers the tag',
    tells('getNote', (note) => ({ ...note, tag: String(note['tag']).toLowerCase() })),
    'tag',
  ],
  'accepts-value': [
    'refuses BLUE',
    (request, right) => (bodyOf(request)['tint'] === 'BLUE' ? { code: 400, json: { http: 400, text: 'no' } } : right()),
    'BLUE',
  ],
  'default-value': ['is loud by default', tells('getNote', (note) => ({ ...note, loud: true })), 'loud'],
  immutable: ['tells another time of making', tells('getNote', (note) => ({ ...note, made: note['changed'] })), 'made'],
  'unknown-id': ['answers 200 for what is unknown', answers(404, 200), 'note-'],
  'auth-missing': ['answers 403', answers(401, 403), '403'],
  'auth-invalid': ['answers 403', answers(401, 403), '403'],
  'auth-scheme': ['answers 403', answers(401, 403), '403'],
  'malformed-json': ['answers 500', answers(400, 500), '500'],
  'wrong-json-shape': ['answers 500', answers(400, 500), '500'],
  'wrong-media-type': ['answers 500', answers(415, 500), '500'],
  'wrong-method': ['answers 500', answers(405, 500), '500'],
  'robust-input': ['answers 500', answers(400, 500), '500'],
  'list-contains': ['loses the notes', listed(() => []), 'listNotes'],
  'list-bounds': ['takes any number', answers(400, 200), 'many'],
  'idempotency-repeat': ['answers 200', answers(409, 200), '200'],
  'idempotency-reference': ['names no note', answers(409, 409), 'note-'],
  'status-documented': ['answers 202', answers(201, 202), '202'],
  'content-type': ['calls it text', (_request, right) => ({ ...right(), type: 'text/plain' }), 'text/plain'],
  'response-body': ['leaves the time out', tells('getNote', ({ made: _made, ...note }) => note), 'made'],
  'no-server-error': ['answers 500', answers(200, 500), '500'],
  'http-status-in-body': [
    'says another status',
    (_request, right) => {
      const answer = right();
      return answer.code >= 400 ? { ...answer, json: { http: 1, text: 'so' } } : answer;
    },
    'http',
  ],
  'forged-read-only': [
    'applies any time of making',
    (request, right, notes) => {
      const answer = right();
      const { made } = bodyOf(request);
      if (made === undefined || answer.code >= 300) return answer;
      const note: Note = { ...(answer.json as Note), made };
      notes.set(String(note['ref']), note);
      return { ...answer, json: note };
    },
    'made',
  ],
  'update-unknown': [
    'makes what it is to update',
    (request, right, notes) => {
      const answer = right();
      if (request.operation !== 'updateNote' || answer.code !== 404) return answer;
      const ref = decodeURIComponent(request.path.slice('/notes/'.length));
      const note = { ...(created(bodyOf(request)).json as Note), ref };
      notes.set(ref, note);
      return { code: 200, json: note };
    },
    'note',
  ],
  'refused-leaves-no-trace': [
    'stores what it refuses',
    (request, right, notes) => {
      const answer = right();
      if (request.operation === 'createNote' && answer.code === 400)
        notes.set(`trace-${String(notes.size)}`, {
          ...(created(bodyOf(request)).json as Note),
          ref: `trace-${String(notes.size)}`,
        });
      return answer;
    },
    'stands in the list',
  ],
  'list-page-size': [
    'tells all notes at once',
    (request, right, notes) =>
      request.operation === 'listNotes' && right().code === 200
        ? { code: 200, json: { notes: [...notes.values()] } }
        : right(),
    'many',
  ],
  'idempotency-other-body': ['answers 200', answers(409, 200), '200'],
  'unique-ids': ['names all notes alike', tells('createNote', (note) => ({ ...note, ref: 'note-1' })), 'note-1'],
  advances: [
    'turns the time of change back',
    tells('updateNote', (note) => ({ ...note, changed: '2001-01-01T00:00:00.000Z' })),
    '2001-01-01',
  ],
  'concurrent-creates': [
    'stores nothing while it stores',
    (request, right, notes) => {
      const answer = right();
      if (request.operation === 'createNote' && answer.code === 201 && notes.size > 3)
        notes.delete(String((answer.json as Note)['ref']));
      return answer;
    },
    'at once',
  ],
  'error-names-field': [
    'names no field',
    (_request, right) => {
      const answer = right();
      return answer.code === 400 ? { ...answer, json: { http: 400, text: 'so' } } : answer;
    },
    'tint',
  ],
  'format-refused': [
    'takes any text for due',
    takes(({ due }) => typeof due === 'string' && !due.includes('T')),
    'due',
  ],
  'idempotency-failed-first': ['remembers what failed', rememberingKeys(), '409'],
  'idempotency-other-key': ['tells repeats by the body', tellingRepeatsByBody(), '409'],
  'idempotency-race': ['takes each of a race', answers(409, 201), '201, 201'],
  'json-oddities': [
    'says a key twice',
    (_request, right) => ({ ...right(), oddities: ['the key "ref" twice'] }),
    'twice',
  ],
  'link-resolves': [
    'links to nothing',
    tells('createNote', (note) => ({ ...note, self: '/notes/none' })),
    '/notes/none',
  ],
  'list-default-order': ['tells the oldest first', listed((notes) => [...notes].reverse()), 'made:desc'],
  'list-default-size': [
    'tells all when not asked for how many',
    (request, right, notes) =>
      request.operation === 'listNotes' && !request.path.includes('many=')
        ? { code: 200, json: { notes: [...notes.values()] } }
        : right(),
    '20',
  ],
  'list-filter': [
    'does not filter',
    (request, right, notes) =>
      request.path.includes('only') ? { code: 200, json: { notes: [...notes.values()].slice(-5) } } : right(),
    'tag',
  ],
  'list-filters-by': [
    'knows no owner',
    (request, right, notes) =>
      request.operation === 'listNotes' && right().code === 200
        ? { code: 200, json: { notes: [...notes.values()].slice(-5) } }
        : right(),
    'owner',
  ],
  'list-pages': [
    'begins each leaf with the last note of all',
    (request, right, notes) => {
      const answer = right();
      if (request.operation !== 'listNotes' || answer.code !== 200) return answer;
      const { notes: told } = answer.json as { notes: Note[] };
      return { code: 200, json: { notes: told.length > 1 ? [[...notes.values()][0], ...told.slice(1)] : told } };
    },
    'more than once',
  ],
  'list-sort': [
    'does not sort',
    (request, right) => {
      const answer = right();
      if (!request.path.includes('order=')) return answer;
      return { code: 200, json: { notes: [...(answer.json as { notes: Note[] }).notes].reverse() } };
    },
    'order',
  ],
  'pattern-refused': [
    'takes any code',
    takes(({ code }) => typeof code === 'string' && code !== '' && !/^[A-Z]{3}$/.test(code)),
    'code',
  ],
  presence: ['tells no mood', tells('getNote', ({ mood: _mood, ...note }) => note), 'mood'],
  'response-headers': ['tells no Location', (_request, right) => ({ ...right(), location: undefined }), 'Location'],
  'role-allowed': [
    'lets nobody read',
    (request, right) =>
      request.headers?.['authorization'] === 'Bearer reader-token'
        ? { code: 403, json: { http: 403, text: 'no' } }
        : right(),
    'reader',
  ],
  'role-refused': ['lets everybody write', answers(403, 201), 'reader'],
  'update-isolates': [
    'writes into every note',
    (request, right, notes) => {
      const answer = right();
      const { mood } = bodyOf(request);
      if (request.operation === 'updateNote' && answer.code === 200)
        for (const note of notes.values()) note['mood'] = mood;
      return answer;
    },
    'mood',
  ],
  'server-time': [
    'knows no time',
    tells('createNote', (note) => ({ ...note, made: '0001-01-01T00:00:00.000Z' })),
    '0001-01-01',
  ],
  'first-value': ['begins at the end', tells('createNote', (note) => ({ ...note, stage: 'DONE' })), 'NEW'],
  'equal-values': ['answers the older note', answeringOlder(), 'lost'],
  'single-record': [
    'stores twice',
    (request, right, notes) => {
      const answer = right();
      const note = answer.json as Note;
      if (request.operation === 'createNote' && answer.code === 201)
        notes.set(`${String(note['ref'])}-again`, { ...note, ref: `${String(note['ref'])}-again` });
      return answer;
    },
    '-again',
  ],
  explore: ['lowers the tag', tells('getNote', (note) => ({ ...note, tag: String(note['tag']).toLowerCase() })), 'tag'],
};

describe('each rule, against a right server and a broken one', () => {
  it.each(Object.keys(table))('%s holds nothing against a right server', async (id) => {
    const found = await outcomesOf(id);
    expect(found.filter(({ status }) => status === 'broken' || status === 'not-tested').map(sentence)).toEqual([]);
    expect(found.some(({ status }) => status === 'pass')).toBe(true);
  });

  it.each(Object.entries(table).map(([id, [what, tweak, names]]) => ({ id, what, tweak, names })))(
    '$id: a server that $what is told, with $names',
    async ({ id, tweak, names }) => {
      const broken = (await outcomesOf(id, tweak)).filter(({ status }) => status === 'broken');
      expect(broken.map(sentence).join('\n')).toContain(names);
    },
  );

  it('every rule stands in the table', () => {
    expect(Object.keys(table).sort()).toEqual(ruleIds.filter((id) => !plainRuleIds.includes(id)).sort());
  });
});
