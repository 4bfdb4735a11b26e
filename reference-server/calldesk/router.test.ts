import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, subject, textAt, type Answer, type Json, type Subject } from '../test-support.ts';

const calls = '/api/v1/voice/calls';
const create = { caller_id: '+14155550123', destination: '+12125550147' };
const ten = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`k${String(index)}`, String(index)]));

describe('calldesk', () => {
  let api: Subject;
  beforeAll(async () => {
    api = await subject({ authorization: 'Bearer calldesk_test' }, { recordLimit: 100 });
  });
  afterAll(async () => {
    await api.server.close();
  });

  const post = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    api.ask('POST', calls, { body, headers });
  const code = ({ body }: Answer): Json | undefined => at(body, 'error', 'code');

  it('a create answers 201 with a queued call, and its links speak of it', async () => {
    const { status, body } = await post({ ...create, record: true, voice_changer_uid: 'male', metadata: ten });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...create,
      status: 'queued',
      recording: { enabled: true },
      voice_changer_uid: 'male',
      metadata: ten,
    });
    const call_id = at(body, 'call_id');
    expect((await api.ask('GET', textAt(body, 'links', 'self'))).body).toEqual(body);
    expect((await api.ask('GET', textAt(body, 'links', 'status'))).body).toEqual({ call_id, status: 'queued' });
    expect((await api.ask('GET', textAt(body, 'links', 'recordings'))).body).toEqual({ call_id, recordings: [] });
  });

  it('what is optional has its default', async () => {
    const missing = (await post(create)).body;
    expect(missing).toMatchObject({ recording: { enabled: false }, metadata: {}, voice_changer_uid: null });
    const none = (await post({ ...create, voice_changer_uid: null })).body;
    expect(none).toMatchObject({ recording: { enabled: false }, metadata: {}, voice_changer_uid: null });
  });

  it('metadata comes back equal, whatever its keys and texts', async () => {
    const raw =
      '{"caller_id":"+14155550123","destination":"+12125550147","metadata":{"__proto__":"a","constructor":"b","":"","é":"e\u0301","n":"\\u0000"}}';
    const { text } = await api.ask('POST', calls, { raw, headers: { 'content-type': 'application/json' } });
    expect(text).toContain('"metadata":{"__proto__":"a","constructor":"b","":"","é":"e\u0301","n":"\\u0000"}');
  });

  it.each([
    ['caller_id', undefined, null, 5, ''],
    ['caller_id', '14155550123', '+1 415 555 0123'],
    ['destination', undefined, null, 5, '', '12125550147', '+1', '+9990000000000012'],
    ['record', 'true', 1, {}],
    ['voice_changer_uid', 'MALE', 'robot', '', 5],
    ['metadata', null, [], 'text', 5, { n: 1 }, { n: true }, { n: null }, { n: {} }, { ...ten, k10: 'x' }],
  ])('%s outside its rule is refused and named', async (field, ...values) => {
    for (const value of values) {
      const answer = await post({ ...create, [field]: value });
      expect(
        [answer.status, code(answer), Object.keys(at(answer.body, 'error', 'fields') as object)],
        JSON.stringify(value),
      ).toEqual([400, 'validation_error', [field]]);
    }
  });

  it('a number in a key called __proto__ of the metadata is refused', async () => {
    const raw = '{"caller_id":"+14155550123","destination":"+12125550147","metadata":{"__proto__":1}}';
    expect((await api.ask('POST', calls, { raw, headers: { 'content-type': 'application/json' } })).status).toBe(400);
  });

  it('a caller id that is not verified answers 422', async () => {
    const answer = await post({ ...create, caller_id: '+14155550199' });
    expect([answer.status, code(answer)]).toEqual([422, 'caller_id_not_verified']);
  });

  it('a repeated key answers 409 with the original call, whatever the body and the case of the key', async () => {
    const key = randomUUID();
    const first = await post(create, { 'idempotency-key': key });
    for (const [body, again] of [
      [create, key],
      [{ ...create, record: true }, key],
      [create, key.toUpperCase()],
    ] as const) {
      const answer = await post(body, { 'idempotency-key': again });
      expect([answer.status, code(answer), at(answer.body, 'error', 'call_id')]).toEqual([
        409,
        'idempotency_conflict',
        at(first.body, 'call_id'),
      ]);
    }
    expect((await post(create, { 'idempotency-key': randomUUID() })).status).toBe(201);
  });

  it('a request that failed has not used its key up', async () => {
    const key = randomUUID();
    expect((await post({ ...create, destination: 'x' }, { 'idempotency-key': key })).status).toBe(400);
    expect((await post({ ...create, caller_id: '+14155550199' }, { 'idempotency-key': key })).status).toBe(422);
    expect((await post(create, { 'idempotency-key': key })).status).toBe(201);
  });

  it('of 20 equal requests at once one makes a call, and the others refer to it', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(create, { 'idempotency-key': key })));
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBe(1);
    const references = answers.filter(({ status }) => status === 409).map(({ body }) => at(body, 'error', 'call_id'));
    expect(references).toEqual(Array.from({ length: 19 }, () => at(made[0]?.body ?? null, 'call_id')));
  });

  it('a key that is no UUID is refused', async () => {
    expect((await post(create, { 'idempotency-key': 'not-a-uuid' })).status).toBe(400);
  });

  it.each(['', 'Bearer nonsense', 'Basic calldesk_test'])(
    'the authorization %j is refused with 401',
    async (authorization) => {
      const answer = await post(create, { authorization });
      expect([answer.status, code(answer), answer.headers.get('www-authenticate')]).toEqual([
        401,
        'unauthorized',
        'Bearer',
      ]);
    },
  );

  it.each(['', '/status', '/recordings'])('an unknown call answers 404 at …%s', async (path) => {
    const answer = await api.ask('GET', `${calls}/call_0${path}`);
    expect([answer.status, code(answer)]).toEqual([404, 'not_found']);
  });

  it.each([
    ['GET', calls, 'POST'],
    ['DELETE', `${calls}/x`, 'GET, HEAD'],
    ['POST', `${calls}/x/status`, 'GET, HEAD'],
    ['PUT', `${calls}/x/recordings`, 'GET, HEAD'],
  ])('%s %s answers 405 and says what is allowed', async (method, path, allow) => {
    const answer = await api.ask(method, path);
    expect([answer.status, answer.headers.get('allow'), code(answer)]).toEqual([405, allow, 'method_not_allowed']);
  });

  it('malformed JSON answers 400 and another media type 415, in the envelope', async () => {
    const broken = await api.ask('POST', calls, { raw: '{', headers: { 'content-type': 'application/json' } });
    expect([broken.status, code(broken)]).toEqual([400, 'validation_error']);
    const text = await api.ask('POST', calls, { raw: '{}', headers: { 'content-type': 'text/plain' } });
    expect([text.status, code(text)]).toEqual([415, 'unsupported_media_type']);
  });

  it('a full store answers 507 and leaves the key unused', async () => {
    const small = await subject({ authorization: 'Bearer calldesk_test' }, { recordLimit: 0 });
    const headers = { 'idempotency-key': randomUUID() };
    for (let round = 0; round < 2; round += 1) {
      const answer = await small.ask('POST', calls, { body: create, headers });
      expect([answer.status, code(answer)]).toEqual([507, 'insufficient_storage']);
    }
    await small.server.close();
  });

  it('options name the tokens and the caller ids', async () => {
    const other = await subject(
      { authorization: 'Bearer mine' },
      { calldeskTokens: ['mine'], unverifiedCallerIds: ['+12125550100'] },
    );
    expect((await other.ask('POST', calls, { body: { ...create, caller_id: '+12125550101' } })).status).toBe(201);
    expect((await other.ask('POST', calls, { body: { ...create, caller_id: '+12125550100' } })).status).toBe(422);
    await other.server.close();
  });
});
