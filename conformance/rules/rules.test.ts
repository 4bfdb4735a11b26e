import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadContract } from '../contract/load.ts';
import type { Contract } from '../contract/types.ts';
import { openValidators } from '../contract/validators.ts';
import { createSession } from '../run/session.ts';
import { rules, ruleIds } from './index.ts';
import { fakeServer, type FakeAnswer, type FakeRequest, type Note, type Tweak } from './kit/fake-session.ts';
import { BlockedError, type Outcome, type Phase } from './types.ts';

let contract: Contract;
beforeAll(async () => {
  contract = await loadContract(fileURLToPath(new URL('fixtures/notes.yaml', import.meta.url)), { allowRemote: false });
});

/** All cases of one rule against one server, phase by phase. */
async function outcomesOf(ruleId: string, tweak?: Tweak): Promise<Outcome[]> {
  const { send } = fakeServer(tweak);
  const session = createSession({
    contract,
    validators: await openValidators(contract, { properties: true }),
    target: { send, requests: 0, dead: () => undefined, close: () => Promise.resolve(), mask: (text) => text },
    targetUrl: 'http://notes.example',
    token: 'main-token',
    roleTokens: {},
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
  const options = { roles: [], fixtures: ['owner', 'closed_owner'], explore: 3, readOnly: false };
  const wanted = rules.filter(({ id }) => [ruleId, 'round-trip', 'unknown-id'].includes(id));
  const cases = wanted.flatMap((rule) => rule.cases(contract, options).map((one) => ({ rule: rule.id, one })));
  const found: Outcome[] = [];
  for (const { one } of cases) await one.prepare?.(session).catch(() => undefined);
  for (const phase of ['first', 'write', 'quiet', 'end'] satisfies Phase[])
    for (const { rule, one } of cases.filter(({ one: { phase: own } }) => own === phase)) {
      const outcome = await one.run(session).catch((error: unknown): Outcome => {
        if (error instanceof BlockedError) return { status: 'not-tested', message: error.message };
        throw error;
      });
      if (rule === ruleId) found.push(outcome, ...(outcome.also ?? []));
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

/** One broken server for each rule, and what the message names. */
const table: Record<string, [what: string, tweak: Tweak, names: string]> = {
  accepts: [
    'refuses every create',
    (request, right) => (request.operation === 'createNote' ? { code: 400, json: { http: 400, text: 'no' } } : right()),
    'createNote',
  ],
  'required-missing': ['takes a note without tint', takes(({ tint }) => tint === undefined), 'tint'],
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
    'refused',
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
  explore: ['lowers the tag', tells('getNote', (note) => ({ ...note, tag: String(note['tag']).toLowerCase() })), 'tag'],
};

/** Rules about what the tiny contract does not have, or that take more than one broken answer: the self-test's faults kill them. */
const elsewhere = [
  'advances',
  'concurrent-creates',
  'error-names-field',
  'format-refused',
  'idempotency-failed-first',
  'idempotency-other-key',
  'idempotency-race',
  'json-oddities',
  'link-resolves',
  'list-default-order',
  'list-default-size',
  'list-filter',
  'list-filters-by',
  'list-pages',
  'list-sort',
  'pattern-refused',
  'presence',
  'response-headers',
  'role-allowed',
  'role-refused',
  'update-isolates',
];

describe('each rule, against a right server and a broken one', () => {
  it.each(Object.keys(table))('%s holds nothing against a right server', async (id) => {
    const found = await outcomesOf(id);
    expect(
      found.filter(({ status }) => status === 'broken' || status === 'not-tested').map(({ message }) => message),
    ).toEqual([]);
    expect(found.some(({ status }) => status === 'pass')).toBe(true);
  });

  it.each(Object.entries(table).map(([id, [what, tweak, names]]) => ({ id, what, tweak, names })))(
    '$id: a server that $what is told, with $names',
    async ({ id, tweak, names }) => {
      const broken = (await outcomesOf(id, tweak)).filter(({ status }) => status === 'broken');
      expect(broken.map(({ message }) => message).join('\n')).toContain(names);
    },
  );

  it('every rule stands in the table, or is named among those whose tests stand elsewhere', () => {
    expect([...Object.keys(table), ...elsewhere].sort()).toEqual([...ruleIds].sort());
  });

  it('the table names rules that exist', () => {
    expect(Object.keys(table).filter((id) => !ruleIds.includes(id))).toEqual([]);
  });
});
