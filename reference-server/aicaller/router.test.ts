import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, subject, textAt, type Answer, type Json, type Subject } from '../test-support.ts';

const calls = '/v1/phoneCalls';
const create = {
  teamId: '64b7f0a1c2d3e4f5a6b7c8d1',
  callTemplateId: '64b7f0a1c2d3e4f5a6b7c8d2',
  nameOfHuman: 'Jo\u0301hn',
  toPhoneNumber: '+12125550147',
  promptVariableValues: [
    { key: 'b', value: '2' },
    { key: 'a', value: '1' },
    { key: 'b', value: '3' },
  ],
};
const optional = {
  phoneNumberId: '64b7f0a1c2d3e4f5a6b7c8d4',
  fromPhoneNumber: '+14155550123',
  toEmailAddress: "o'neil+x@mail.example",
  status: 'inProgress',
  telephonyProvider: 'plivo',
  record: true,
  callDelayedUntil: '2030-01-31T12:00:00.387Z',
};

describe('aicaller', () => {
  let api: Subject;
  beforeAll(async () => {
    api = await subject({ 'aicaller-api-key': 'test-key' });
  });
  afterAll(async () => {
    await api.server.close();
  });

  const post = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    api.ask('POST', calls, { body, headers });
  const list = async (query: string): Promise<Json[]> =>
    at((await api.ask('GET', calls + query)).body, 'data') as Json[];

  it('a create answers 200 with everything that was sent, and get and list say the same', async () => {
    const { status, body } = await post({ ...create, ...optional, callTemplateId: 'mine' });
    expect(status).toBe(200);
    const data = at(body, 'data') as Json;
    expect(data).toMatchObject({ ...create, ...optional, callTemplateId: 'mine' });
    expect((await api.ask('GET', `${calls}/${textAt(data, '_id')}`)).body).toEqual(body);
    expect(await list('?callTemplateId=mine')).toEqual([data]);
    expect(await list('')).toContainEqual(data);
  });

  it.each(Object.keys(optional))('null is no value of %s', async (name) => {
    expect((await post({ ...create, [name]: null })).status).toBe(400);
  });

  it('what was left out is absent, but record is false and status queued', async () => {
    const data = at((await post(create)).body, 'data') as object;
    expect(Object.keys(data).sort()).toEqual([
      '_id',
      'callTemplateId',
      'createdAt',
      'nameOfHuman',
      'promptVariableValues',
      'record',
      'status',
      'teamId',
      'toPhoneNumber',
      'updatedAt',
    ]);
    expect(data).toMatchObject({ record: false, status: 'queued' });
  });

  it('webhooks come back without their secrets', async () => {
    const phoneCallWebhooks = [
      { url: 'https://hooks.example/a', subscribedEvent: 'phoneCall.completed', secret: 's3cret' },
      { url: 'https://hooks.example/b', subscribedEvent: 'x' },
    ];
    const { body, text } = await post({ ...create, phoneCallWebhooks });
    expect(at(body, 'data', 'phoneCallWebhooks')).toEqual(
      phoneCallWebhooks.map(({ url, subscribedEvent }) => ({ url, subscribedEvent })),
    );
    expect(text).not.toContain('s3cret');
  });

  it('forged server values are not applied', async () => {
    const data = at((await post({ ...create, _id: 'forged', createdAt: '2000-01-01T00:00:00Z' })).body, 'data') as Json;
    expect(at(data, '_id')).toMatch(/^[0-9a-f]{24}$/);
    expect(at(data, 'createdAt')).not.toContain('2000');
  });

  it.each([
    ['teamId', undefined, null, 5, {}],
    ['callTemplateId', undefined, null, 5],
    ['nameOfHuman', undefined, null, 5, []],
    ['toPhoneNumber', undefined, null, 5, '', '12125550147', '+9990000000000012'],
    [
      'promptVariableValues',
      undefined,
      null,
      {},
      'x',
      [1],
      [null],
      [{ key: 'a' }],
      [{ value: 'a' }],
      [{ key: 'a', value: 1 }],
      [{ key: null, value: 'a' }],
      [[]],
    ],
    ['phoneNumberId', 5, {}],
    ['fromPhoneNumber', 5, 'x', ''],
    ['toEmailAddress', 5, 'no e-mail address', '@mail.example', ''],
    ['status', 'canceled', 'QUEUED', '', 5],
    ['telephonyProvider', 'Twilio', 'vonage', 5],
    ['record', 'false', 0],
    [
      'callDelayedUntil',
      5,
      'tomorrow',
      '',
      '2030-01-31T12:00:00+02:00',
      '2030-01-31T12:00:00',
      '2030-01-31',
      '2030-02-30T12:00:00Z',
      '2030-01-31T25:00:00Z',
      '2030-01-31 12:00:00Z',
    ],
    [
      'phoneCallWebhooks',
      {},
      [1],
      [{ url: 'https://x.example' }],
      [{ url: 'no uri', subscribedEvent: 'x' }],
      [{ url: 'https://x.example', subscribedEvent: 'x', secret: 5 }],
    ],
  ])('%s outside its rule is refused and named', async (field, ...values) => {
    const before = (await list('')).length;
    for (const value of values) {
      const { status, body } = await post({ ...create, ...optional, [field]: value });
      expect([status, at(body, 'error', 'statusCode'), at(body, 'payload', 'fields')], JSON.stringify(value)).toEqual([
        400,
        400,
        [field],
      ]);
      expect(at(body, 'error', 'message', 0)).toContain(field);
    }
    expect((await list('')).length).toBe(before);
  });

  it.each([
    ['status', 'queued', 'ringing', 'inProgress', 'busy', 'failed', 'noAnswer', 'cancelled', 'completed'],
    ['telephonyProvider', 'twilio', 'plivo', 'telnyx'],
    ['promptVariableValues', [], [{ key: '', value: '' }]],
    ['callDelayedUntil', '2030-01-31T12:00:00Z', '2028-02-29T23:59:59.123456Z', '2030-01-31T12:00:00+00:00'],
    ['nameOfHuman', '', 'x\u0000y', '\ud800'],
  ])('every right value of %s is taken and kept', async (field, ...values) => {
    for (const value of values)
      expect((await post({ ...create, [field]: value })).body).toMatchObject({ data: { [field]: value } });
  });

  it('items of a long list are refused at the first wrong one', async () => {
    const answer = await post({ ...create, promptVariableValues: Array.from({ length: 300_000 }, () => 1) });
    expect([answer.status, (at(answer.body, 'error', 'message') as Json[]).length]).toEqual([400, 1]);
  });

  it('the list of an unknown template is empty, and a template named twice is refused', async () => {
    expect(await list('?callTemplateId=unknown')).toEqual([]);
    expect(await list('?callTemplateId=__proto__')).toEqual([]);
    expect((await api.ask('GET', `${calls}?callTemplateId=a&callTemplateId=b`)).status).toBe(400);
  });

  it.each(['', 'nonsense'])('the key %j is refused with 401', async (key) => {
    const { status, body, headers } = await post(create, { 'aicaller-api-key': key });
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'ApiKey']);
    expect(body).toEqual({
      error: { statusCode: 401, message: [expect.any(String)], error: 'Unauthorized' },
      payload: {},
    });
  });

  it('an unknown id, path or method is refused in the envelope', async () => {
    expect((await api.ask('GET', `${calls}/000000000000000000000000`)).body).toMatchObject({
      error: { statusCode: 404, error: 'Not Found' },
      payload: {},
    });
    expect((await api.ask('GET', '/v1/nothing')).body).toMatchObject({ error: { statusCode: 404 } });
    const answer = await api.ask('DELETE', `${calls}/x`);
    expect([answer.status, answer.headers.get('allow'), at(answer.body, 'error', 'statusCode')]).toEqual([
      405,
      'GET, HEAD',
      405,
    ]);
    expect((await api.ask('PATCH', calls)).headers.get('allow')).toBe('GET, HEAD, POST');
  });

  it('malformed JSON answers 400 and another media type 415, in the envelope', async () => {
    expect(
      (await api.ask('POST', calls, { raw: '{', headers: { 'content-type': 'application/json' } })).body,
    ).toMatchObject({ error: { statusCode: 400 }, payload: {} });
    expect((await api.ask('POST', calls, { raw: '{}', headers: { 'content-type': 'text/plain' } })).body).toMatchObject(
      { error: { statusCode: 415 }, payload: {} },
    );
  });

  it('a full store answers 507 and lists what it has', async () => {
    const small = await subject({ 'aicaller-api-key': 'k' }, { recordLimit: 1, apiKeys: ['k'] });
    await small.ask('POST', calls, { body: create });
    expect((await small.ask('POST', calls, { body: create })).body).toMatchObject({ error: { statusCode: 507 } });
    expect(at((await small.ask('GET', calls)).body, 'data')).toHaveLength(1);
    await small.server.close();
  });
});
